import { z } from 'zod';
import * as apps from './apps.ts';
import { AppRef, idOf, PythonVersion } from './common.ts';
import { CreateSession, Me, SessionCreated } from './identity.ts';
import { PythonList, PythonView } from './pythons.ts';

/** One operation of the public API: what OpenAPI, the controllers and the client are made from. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  readonly public?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
}

const App = z.object({ app: AppRef });
const Release = z.object({ app: AppRef, release: apps.ReleaseRef });
const Deployment = z.object({ deployment: idOf('deployment') });

/** The whole public API. Operation ids are `noun.verb`. */
export const endpoints = {
  'session.create': { method: 'POST', path: '/session', summary: 'Sign in with a one-time link', status: 201, public: true, body: CreateSession, answer: SessionCreated },
  'session.delete': { method: 'DELETE', path: '/session', summary: 'Sign out', status: 204 },
  'me.read': { method: 'GET', path: '/me', summary: 'Who am I, and where', status: 200, answer: Me },

  'apps.list': { method: 'GET', path: '/apps', summary: 'List apps, newest first', status: 200, query: apps.PageQuery, answer: apps.AppPage },
  'apps.create': { method: 'POST', path: '/apps', summary: 'Create an app; deploy it with a deployment', status: 201, body: apps.CreateApp, answer: apps.AppView },
  'apps.read': { method: 'GET', path: '/apps/:app', summary: 'Read an app', status: 200, params: App, answer: apps.AppView },
  'apps.update': { method: 'PATCH', path: '/apps/:app', summary: 'Change settings: how it is run at once, how it is built with the next deployment', status: 200, params: App, body: apps.UpdateApp, answer: apps.AppView },
  'apps.delete': { method: 'DELETE', path: '/apps/:app', summary: 'Delete an app, its releases, logs and secrets', status: 204, params: App },
  'apps.stop': { method: 'POST', path: '/apps/:app/stop', summary: 'Stop an app until it is started again', status: 202, params: App, answer: apps.AppView },
  'apps.start': { method: 'POST', path: '/apps/:app/start', summary: 'Start a stopped app', status: 202, params: App, answer: apps.AppView },
  'apps.reboot': { method: 'POST', path: '/apps/:app/reboot', summary: 'Replace the running instances by fresh ones', status: 202, params: App, answer: apps.AppView },

  'apps.sleep': { method: 'POST', path: '/apps/:app/sleep', summary: 'Put an app to sleep; a visit wakes it', status: 202, params: App, body: apps.PutToSleep, answer: apps.AppView },
  'apps.wake': { method: 'POST', path: '/apps/:app/wake', summary: 'Wake a sleeping app', status: 202, params: App, answer: apps.AppView },

  'deployments.list': { method: 'GET', path: '/apps/:app/deployments', summary: "List an app's deployments, newest first", status: 200, params: App, query: apps.PageQuery, answer: apps.DeploymentPage },
  'deployments.create': { method: 'POST', path: '/apps/:app/deployments', summary: 'Deploy the newest commit', status: 202, params: App, body: apps.CreateDeployment, answer: apps.DeploymentView },
  'deployments.read': { method: 'GET', path: '/deployments/:deployment', summary: 'Read a deployment', status: 200, params: Deployment, answer: apps.DeploymentView },
  'deployments.cancel': { method: 'POST', path: '/deployments/:deployment/cancel', summary: 'Cancel a deployment that is not live yet', status: 202, params: Deployment, answer: apps.DeploymentView },
  'releases.list': { method: 'GET', path: '/apps/:app/releases', summary: "List an app's releases, newest first", status: 200, params: App, query: apps.PageQuery, answer: apps.ReleasePage },
  'releases.lock': { method: 'GET', path: '/apps/:app/releases/:release/lock', summary: 'Read the exact packages of a release', status: 200, params: Release, answer: apps.LockView },
  'rollback.preview': { method: 'GET', path: '/apps/:app/rollback', summary: 'What a rollback would change', status: 200, params: App, query: apps.RollBack, answer: apps.RollbackView },
  'rollback.create': { method: 'POST', path: '/apps/:app/rollback', summary: 'Go back to a kept release, without a build', status: 202, params: App, body: apps.RollBack, answer: apps.DeploymentView },
  'logs.read': { method: 'GET', path: '/apps/:app/logs', summary: "Read an app's or a build's log", status: 200, params: App, query: apps.LogQuery, answer: apps.LogPage },

  'secrets.list': { method: 'GET', path: '/apps/:app/secrets', summary: 'List the names of secrets, never values', status: 200, params: App, answer: apps.SecretList },
  'secrets.set': { method: 'PUT', path: '/apps/:app/secrets', summary: 'Replace all secrets by this TOML', status: 200, params: App, body: apps.SetSecrets, answer: apps.SecretList },

  'hostnames.check': { method: 'GET', path: '/hostnames/:hostname', summary: 'Whether a hostname is free', status: 200, params: z.object({ hostname: z.string().max(300) }), answer: apps.HostnameAvailability },
  'repositories.inspect': { method: 'POST', path: '/repositories/inspect', summary: 'Read branches and entry files of a repository', status: 200, body: apps.InspectRepository, answer: apps.RepositoryView },
  'examples.list': { method: 'GET', path: '/examples', summary: 'List the examples an app can start from', status: 200, answer: z.object({ items: z.array(apps.ExampleView) }) },
  'pythons.list': { method: 'GET', path: '/pythons', summary: 'List the Pythons of this installation, oldest first', status: 200, answer: PythonList },
  'pythons.prepare': { method: 'POST', path: '/pythons/:version/prepare', summary: 'Make the images of a Python now rather than on first need', status: 202, params: z.object({ version: PythonVersion }), answer: PythonView },
  'audit.list': { method: 'GET', path: '/audit', summary: 'List audit events, newest first', status: 200, query: apps.PageQuery, answer: apps.AuditPage },
} as const satisfies Record<string, Endpoint>;

export type Endpoints = typeof endpoints;
export type OperationId = keyof Endpoints;

type In<E, K extends string> = E extends Record<K, infer S extends z.ZodType> ? z.input<S> : undefined;

/** What a caller gives an operation, by its id. */
export type OperationInput<O extends OperationId> = {
  [K in 'params' | 'query' | 'body' as In<Endpoints[O], K> extends undefined ? never : K]: In<Endpoints[O], K>;
};

/** What an operation answers, by its id. */
export type OperationAnswer<O extends OperationId> = Endpoints[O] extends { answer: infer S extends z.ZodType } ? z.output<S> : undefined;
