import type { OperationAnswer } from '@weir/contracts';

export type AuditEvent = OperationAnswer<'audit.list'>['items'][number];

/** What was done, as a sentence about its actor: what stands before the app's name, the app's id, and what stands after. */
export interface AuditWords {
  readonly did: string;
  /** `null` where it concerns no app. */
  readonly app: string | null;
  readonly rest: string;
}

type Details = AuditEvent['details'];

/** The parts of the platform that act by themselves, as people know them. */
const SYSTEM: Readonly<Record<string, string>> = { gateway: 'A visit', sweeper: 'Weir', operator: 'The operator' };

export const actorWords = ({ kind, name }: AuditEvent['actor']): string => (kind === 'system' ? (SYSTEM[name] ?? name) : kind === 'token' ? `Token ${name}` : name);

const SETTINGS: Readonly<Record<string, string>> = { source: 'source', branch: 'branch', entryFile: 'entry file', python: 'Python', hostname: 'hostname', limits: 'limits', replicas: 'replicas', sleep: 'sleep', drainSeconds: 'drain limit' };

const number = (details: Details, name: string): string => (typeof details[name] === 'number' ? ` ${details[name]}` : '');
const names = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
const said = (verb: string, list: string[]): string[] => (list.length > 0 ? [`${verb} ${list.join(', ')}`] : []);

const changed = ({ changed: list }: Details): string => names(list).map((name) => SETTINGS[name] ?? name).join(', ') || 'settings';
const secrets = (details: Details): string => [...said('set', names(details['changed'])), ...said('removed', names(details['removed']))].join(', ');

/** Of an event whose target is the app. */
const OF_APPS: Readonly<Record<string, (details: Details) => Omit<AuditWords, 'app'>>> = {
  'app.create': ({ source }) => ({ did: 'created', rest: source === 'git' ? 'from a Git repository' : 'with a Git remote of its own' }),
  'app.reboot': () => ({ did: 'rebooted', rest: '' }),
  'app.sleep': ({ depth, unusedSince }) => ({ did: depth === 'stopped' ? 'stopped' : 'froze', rest: unusedSince === undefined ? 'until a visit' : 'until a visit, because nobody used it' }),
  'app.start': () => ({ did: 'started', rest: '' }),
  'app.stop': () => ({ did: 'stopped', rest: '' }),
  'app.update': (details) => ({ did: `changed ${changed(details)} of`, rest: '' }),
  'app.wake': () => ({ did: 'woke', rest: '' }),
  'secret.set': (details) => ({ did: 'changed secrets of', rest: secrets(details) === '' ? '' : `: ${secrets(details)}` }),
};

/** Of an event whose app is in its details. */
const OF_DEPLOYMENTS: Readonly<Record<string, (details: Details) => Omit<AuditWords, 'app'>>> = {
  'deployment.create': (details) => ({ did: 'deployed', rest: `as deployment${number(details, 'number')}${details['acknowledgesSecrets'] === true ? ', though a credential is committed' : ''}` }),
  'deployment.cancel': () => ({ did: 'cancelled a deployment of', rest: '' }),
  'deployment.rollback': (details) => ({ did: 'rolled back', rest: `to release${number(details, 'release')}` }),
};

/** Of an event that concerns no app that there is. */
const OTHERS: Readonly<Record<string, (event: AuditEvent) => string>> = {
  'app.delete': ({ details: { hostname } }) => `deleted ${typeof hostname === 'string' ? hostname : 'an app'}`,
  'python.prepare': ({ target }) => `had Python ${target} prepared`,
  'session.create': () => 'signed in',
  'session.delete': () => 'signed out',
  'sign_in_link.create': () => 'made a sign-in link',
};

export function auditWords(event: AuditEvent): AuditWords {
  const { action, target, details } = event;
  const ofApp = OF_APPS[action]?.(details);
  if (ofApp) return { ...ofApp, app: target };
  const ofDeployment = OF_DEPLOYMENTS[action]?.(details);
  if (ofDeployment) return { ...ofDeployment, app: typeof details['app'] === 'string' ? details['app'] : null };
  return { did: OTHERS[action]?.(event) ?? action, app: null, rest: '' };
}
