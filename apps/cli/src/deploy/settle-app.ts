import { ApiProblem } from '@weir/api-client';
import type { AppView } from '@weir/contracts';
import { Conflict } from '@weir/domain';
import { AppRef } from '@weir/contracts';
import type { Session } from '../command.ts';
import { isSameSource, type WantedSource } from './same-source.ts';

/** What was given on the command line; what was left out stays as it is. */
export interface Settings {
  readonly branch?: string;
  readonly entryFile?: string;
  readonly python?: string;
  /** TOML. */
  readonly secrets?: string;
}

/**
 * The app of this hostname, made or brought to the given settings.
 *
 * @param source where its code comes from, or `undefined` to leave that as it is
 * @throws Conflict if the hostname belongs to an app with another source
 */
export async function settleApp(session: Session, hostname: string, source: WantedSource | undefined, settings: Settings): Promise<AppView> {
  const existing = await findApp(session, hostname);
  if (!existing && source) return note(session, await create(session, hostname, source, settings));
  if (!existing) throw new Conflict('app.gone', `The app ${hostname} was deleted meanwhile.`);
  if (source && !isSameSource(existing.source, source)) throw new Conflict('app.hostname_taken', `The hostname ${hostname} belongs to an app with another source: choose another with --hostname.`);
  return note(session, await update(session, existing, settings));
}

/** The app of this id or hostname, if it is mine. */
export async function findApp({ client }: Session, reference: string): Promise<AppView | undefined> {
  if (!AppRef.safeParse(reference).success) return undefined; // creating it says what is wrong with the name
  try {
    return await client.call('apps.read', { params: { app: reference } });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

function create({ client }: Session, hostname: string, { kind, branch, entryFile, ...rest }: WantedSource, { python, secrets }: Settings): Promise<AppView> {
  const common = { ...(branch === undefined ? {} : { branch }), ...(entryFile === undefined ? {} : { entryFile }) };
  const source = kind === 'git' && 'url' in rest ? { kind, url: rest.url, ...common } : { kind: 'builtin' as const, ...common };
  const body = { hostname, source, ...(python === undefined ? {} : { python }), ...(secrets === undefined ? {} : { secrets }) };
  return client.call('apps.create', { body });
}

async function update(session: Session, app: AppView, { secrets, ...settings }: Settings): Promise<AppView> {
  note(session, app);
  const params = { app: app.id };
  if (secrets !== undefined) await session.client.call('secrets.set', { params, body: { toml: secrets } });
  return Object.keys(settings).length === 0 ? app : session.client.call('apps.update', { params, body: settings });
}

/** From here on every document names the app. */
function note({ output }: Session, app: AppView): AppView {
  output.known['app'] = app.id;
  return app;
}
