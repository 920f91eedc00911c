import { describe, expect, it } from 'vitest';
import { actorWords, type AuditEvent, auditWords } from './audit-words.ts';

const event = (action: string, details: AuditEvent['details'] = {}): AuditEvent => ({ id: 'aud_1' as AuditEvent['id'], at: '2026-11-01T10:00:00Z', actor: { kind: 'user', name: 'Ada' }, action, target: 'app_1', details });
const words = (...of: Parameters<typeof event>): string => {
  const { did, app, rest } = auditWords(event(...of));
  return [did, app, rest].filter(Boolean).join(' ');
};

describe('an audit event', () => {
  it('is a sentence about who did it', () => {
    expect(words('app.update', { changed: ['replicas', 'entryFile'] })).toBe('changed replicas, entry file of app_1');
    expect(words('secret.set', { version: 2, changed: ['a'], removed: ['b', 'c'] })).toBe('changed secrets of app_1 : set a, removed b, c');
    expect(words('deployment.create', { app: 'app_2', number: 3, acknowledgesSecrets: true })).toBe('deployed app_2 as deployment 3, though a credential is committed');
    expect(words('app.delete', { hostname: 'sales' })).toBe('deleted sales');
  });

  it('of a kind that is new is told by its own name', () => {
    expect(words('viewer.invite')).toBe('viewer.invite');
  });

  it('calls what acts by itself by a name that people know', () => {
    expect([actorWords({ kind: 'system', name: 'gateway' }), actorWords({ kind: 'token', name: 'cli' }), actorWords({ kind: 'user', name: 'Ada' })]).toEqual(['A visit', 'Token cli', 'Ada']);
  });
});
