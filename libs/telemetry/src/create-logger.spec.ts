import { describe, expect, it } from 'vitest';
import { context, createLogger, REDACTED_FIELDS } from './index.ts';

function logging() {
  const lines: string[] = [];
  const log = createLogger({ process: 'worker', level: 'debug' }, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('a log line', () => {
  it('names its process, level and time, and keeps the message constant', () => {
    const { log, last } = logging();
    log.info({ deployment: 'dep_1' }, 'deployment.status');
    expect(last()).toMatchObject({ process: 'worker', level: 'info', deployment: 'dep_1', msg: 'deployment.status' });
    expect(Date.parse(String(last()['time']))).not.toBeNaN();
  });

  it('carries the context of the request it was written in, across awaits', async () => {
    const { log, last } = logging();
    await context.run({ requestId: 'req-1' }, async () => {
      await Promise.resolve();
      log.info('request.done');
    });
    expect(last()).toMatchObject({ requestId: 'req-1' });
    log.info('alone');
    expect(last()).not.toHaveProperty('requestId');
  });

  it.each(REDACTED_FIELDS)('never shows %s, at any of four depths', (field) => {
    const { log, lines } = logging();
    const inner = { [field]: 'canary' };
    log.info({ ...inner, a: { ...inner, b: { ...inner, c: inner } } }, 'x');
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).toContain('[redacted]');
  });

  it('never shows a secret of a list, of a child, of its context or of an error', () => {
    const { log, lines } = logging();
    log.info({ list: [{ token: 'canary' }], kept: [1, { name: 'kept' }] }, 'x');
    log.child({ a: { token: 'canary' } }).child({ password: 'canary' }).info({ token: 'canary' }, 'x');
    context.run({ token: 'canary' }, () => log.info('x'));
    const error = Object.assign(new Error('told'), { config: { headers: { authorization: 'canary' } }, password: 'canary' });
    log.error(error);
    log.error({ err: error, also: error }, 'x');
    log.info({ a: { toJSON: () => ({ token: 'canary' }) } }, 'x');
    expect(lines.join('')).not.toContain('canary');
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ list: [{ token: '[redacted]' }], kept: [1, { name: 'kept' }] });
    for (const line of lines.slice(3, 5)) expect(JSON.parse(line)).toMatchObject({ err: { type: 'Error', message: 'told', stack: expect.stringContaining('create-logger.spec') } });
  });

  it('leaves what was passed as it is', () => {
    const { log, last } = logging();
    const passed = { a: { token: 'kept', when: new Date(0), n: 1 } };
    log.info(passed, 'x');
    expect(passed).toEqual({ a: { token: 'kept', when: new Date(0), n: 1 } });
    expect(last()).toMatchObject({ a: { token: '[redacted]', when: '1970-01-01T00:00:00.000Z', n: 1 } });
  });

  it('bears with what contains itself', () => {
    const { log, last } = logging();
    const ring: Record<string, unknown> = { token: 'canary' };
    log.info({ ring: Object.assign(ring, { ring }) }, 'x');
    expect(last()).toMatchObject({ ring: { token: '[redacted]' } });
  });

  it('keeps the time of a phase that is named like a secret', () => {
    const { log, last } = logging();
    log.info({ phases: { environment: 1200 } }, 'deployment.live');
    expect(last()).toMatchObject({ phases: { environment: 1200 } });
  });

  it('shows an error with its cause', () => {
    const { log, lines } = logging();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'build.error');
    expect(lines.join('')).toMatch(/outer.*inner/s);
  });
});
