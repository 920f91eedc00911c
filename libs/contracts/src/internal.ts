import { APP_STATUSES, INSTANCE_DESIRED, INSTANCE_STATUSES, PHASES } from '@weir/domain';
import { z } from 'zod';
import { CreateDeployment, FailureView, Limits, LogLine, PlanView, SourceView, WarningView } from './apps.ts';
import { Commit, Framework, idOf, Time } from './common.ts';
import { AppHost, ConsoleHost, HostAddress } from './route-hosts.ts';
import { storable } from './storable.ts';

/*
 * The control plane's internal API: worker and gateway hold no database, they ask here.
 * Every request carries the installation's internal token. All under `/internal`.
 */

/** Waits for a cursor to pass `after`: answered at once when it has, else within `waitMs`. */
export const CursorQuery = z.strictObject({ after: z.coerce.number().int().min(-1).default(-1), waitMs: z.coerce.number().int().min(0).max(25_000).default(0) });

// ── builds ────────────────────────────────────────────────────────────────────

/** The queue carries an id and nothing else: Postgres is the queue of record. It only rings; which build a worker gets is decided when it claims one. */
export const BuildJob = z.strictObject({ deployment: idOf('deployment') });
export type BuildJob = z.infer<typeof BuildJob>;

/** What a worker needs to build. `attempt` fences every report: a newer claim makes the older worker's reports void. */
export const BuildOrder = z.object({
  deployment: idOf('deployment'),
  attempt: z.number().int(),
  app: idOf('app'),
  workspace: idOf('workspace'),
  hostname: z.string(),
  source: SourceView,
  commit: Commit.nullable().describe('exactly this one, or the head of the branch'),
  python: z.string().nullable(),
  lock: z.string().nullable().describe('of a release that is built again: exactly these packages, whatever the index has by now'),
  acknowledged: z.object({ all: z.boolean(), known: z.array(z.string()).describe('by domain’s credentialKey') }).describe('committed credentials that do not stop it'),
  leaseMs: z.number().int(),
});
export type BuildOrder = z.infer<typeof BuildOrder>;

/** The build whose turn it is. `null`: none, or none of a workspace that may have a further build under way. */
export const ClaimAnswer = z.object({ order: BuildOrder.nullable() });

const attempt = z.number().int();
export const BuildReport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phase'), attempt, phase: z.enum(PHASES), finished: z.record(z.string(), z.number()).describe('milliseconds of the phases that ended') }),
  z.strictObject({ kind: z.literal('fetched'), attempt, commit: Commit, branch: storable(), message: storable().max(500), author: storable().max(200) }),
  z.strictObject({ kind: z.literal('planned'), attempt, plan: PlanView }),
  z.strictObject({ kind: z.literal('warning'), attempt, warning: WarningView }),
  z.strictObject({ kind: z.literal('checked'), attempt, warnings: z.array(WarningView).max(50) }),
  z.strictObject({ kind: z.literal('built'), attempt, image: z.string(), environment: z.string(), lock: storable().max(4_000_000).nullable(), sourceBytes: z.number().int(), framework: Framework, entryFile: z.string(), python: z.string(), finished: z.record(z.string(), z.number()) }),
  z.strictObject({ kind: z.literal('failed'), attempt, failure: FailureView, finished: z.record(z.string(), z.number()) }),
]);
export type BuildReport = z.infer<typeof BuildReport>;

/** `stop`: the deployment was cancelled, superseded or claimed anew; the build ends now and reports nothing more. */
export const ReportAnswer = z.object({ stop: z.boolean() });
/** Names the attempt whose lease is meant. */
export const Lease = z.strictObject({ attempt });
/** `released`: the build was still this attempt's, and can be claimed at once. */
export const ReleaseAnswer = z.object({ released: z.boolean() });

export const NewLogLine = LogLine.omit({ seq: true });
export type NewLogLine = z.infer<typeof NewLogLine>;
/** `batch` makes a repeated send harmless: `(subject, writer, batch)` is written once. */
export const AppendLog = z.strictObject({ writer: z.string().max(100), batch: z.number().int(), lines: z.array(NewLogLine).max(2000) });

// ── instances ─────────────────────────────────────────────────────────────────

export const DesiredInstance = z.object({
  id: idOf('instance'),
  app: idOf('app'),
  workspace: idOf('workspace'),
  release: idOf('release'),
  deployment: idOf('deployment'),
  desired: z.enum(INSTANCE_DESIRED),
  /** Counts up on every restart that was asked for or done; a report of an older one is void. */
  attempt: z.number().int(),
  image: z.string(),
  uid: z.number().int().min(10_000).max(59_999),
  framework: Framework,
  entryFile: z.string(),
  hostname: z.string().describe('public host, without port'),
  sourceBytes: z.number().int(),
  limits: Limits,
  secretsVersion: z.number().int().describe('0: none. A change is brought to the running instance.'),
  startAfter: Time.nullable().describe('a restart waits until then'),
});
export type DesiredInstance = z.infer<typeof DesiredInstance>;

/** All instances wanted, and all images still referenced (others with our label are garbage). */
export const InstancesSnapshot = z.object({ cursor: z.number().int(), instances: z.array(DesiredInstance), images: z.array(z.string()), discarded: z.array(z.string()).default([]).describe('images that were given up lately: nobody waits for them to become a release'), apps: z.array(idOf('app')).describe('apps that exist; the networks and Git folders of others are garbage') });
export type InstancesSnapshot = z.infer<typeof InstancesSnapshot>;

/** How a worker is: it answers, and what its operator must know. */
export const WorkerHealth = z.object({ ok: z.literal(true), problems: z.array(z.object({ code: z.string(), detail: z.string() })) });

/** Asked of the worker: which of these images its engine does not have. */
export const FindMissingImages = z.strictObject({ images: z.array(z.string().max(200)).max(100) });
export const MissingImages = z.object({ missing: z.array(z.string()) });

export const InstanceReport = z.strictObject({
  attempt: z.number().int(),
  status: z.enum(INSTANCE_STATUSES),
  container: z.string().nullable(),
  address: HostAddress.nullable().describe('host:port that the gateway dials'),
  /** For `crashed`, `failed` and `stopped`: how it ended. */
  exit: z.object({ code: z.number().int().nullable(), signal: z.string().nullable(), oom: z.boolean(), lastLines: z.array(storable()).max(50), unansweredMs: z.number().int().optional().describe('it ran, answered no health check for so long, and was ended for it'), failure: FailureView.optional().describe('why, should it be the end of a deployment') }).nullable(),
  /** It could not be started because this host does not have its image. */
  imageMissing: z.boolean().optional(),
  /** Milliseconds from container creation to running, and from there to healthy. */
  phases: z.object({ start: z.number(), healthy: z.number() }).partial().optional(),
  warnings: z.array(WarningView).optional(),
});
export type InstanceReport = z.infer<typeof InstanceReport>;

/** The decrypted values, for one instance's tmpfs. Never logged, never stored. */
export const InstanceSecrets = z.object({ version: z.number().int(), toml: z.string(), environment: z.record(z.string(), z.string()) });
export type InstanceSecrets = z.infer<typeof InstanceSecrets>;

// ── routes ────────────────────────────────────────────────────────────────────

/** A browser is bound to one attempt of one instance: a restarted process has none of its sessions. */
export const RouteInstance = z.object({
  id: idOf('instance'),
  attempt: z.number().int(),
  release: idOf('release'),
  address: HostAddress,
  /** `serving` gets new documents; `frozen` too, but the app must be woken; `draining` keeps only its sockets and their requests. */
  state: z.enum(['serving', 'frozen', 'draining']),
});
export type RouteInstance = z.infer<typeof RouteInstance>;

export const Route = z.object({
  hostname: AppHost,
  app: idOf('app'),
  status: z.enum(APP_STATUSES),
  policy: z.object({ kind: z.literal('public') }),
  framework: Framework.extend({ version: Framework.shape.version.default(null) }),
  instances: z.array(RouteInstance),
});
export type Route = z.infer<typeof Route>;

const ROUTES_VERSION = 2;

/** Everything the gateway knows, as it lies on its disk. */
export const RouteSnapshot = z.object({
  version: z.literal(ROUTES_VERSION, `The version of this format is ${ROUTES_VERSION}.`),
  cursor: z.number().int(),
  consoleHost: ConsoleHost,
  routes: z.array(Route),
});
export type RouteSnapshot = z.infer<typeof RouteSnapshot>;

/**
 * What changed after the cursor that was asked for, in the order of the cursor; or everything (`full`) when
 * none was given or what happened since is not known any more.
 */
export const RouteUpdate = RouteSnapshot.extend({ full: z.boolean(), removed: z.array(AppHost) });
export type RouteUpdate = z.infer<typeof RouteUpdate>;

export const GatewayActivity = z.strictObject({
  instances: z.array(z.object({ id: idOf('instance'), sockets: z.number().int(), requests: z.number().int().describe('since the last report') })),
  /** Apps that a person used since the last report: a document, a click. Polls of hidden tabs and bots are none. */
  used: z.array(idOf('app')),
  /** The newest route cursor in force, so that a deployment's `routed` phase can end. */
  cursor: z.number().int(),
});
export type GatewayActivity = z.infer<typeof GatewayActivity>;

// ── Git ───────────────────────────────────────────────────────────────────────

export const AuthorizeGit = z.strictObject({ app: z.string(), token: z.string(), write: z.boolean() });
export const GitAuthorization = z.object({ app: idOf('app'), workspace: idOf('workspace'), branch: z.string().nullable(), example: z.string().nullable() });
export type GitAuthorization = z.infer<typeof GitAuthorization>;

/** A push was accepted. Answered with the deployment it caused, or none if another branch was pushed. */
export const PushReceived = z.strictObject({ token: z.string(), branch: z.string(), commit: Commit });
export const PushAnswer = z.object({ deployment: idOf('deployment').nullable(), branch: z.string() });

export { CreateDeployment };
