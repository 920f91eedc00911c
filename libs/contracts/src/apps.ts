import { APP_DESIRED, APP_STATUSES, DEPLOYMENT_STATUSES, INSTANCE_DESIRED, INSTANCE_STATUSES, MOST_REPLICAS, PHASES, RELEASE_STATES, SLEEP_DEPTHS } from '@weir/domain';
import { z } from 'zod';
import { BranchName, Commit, EntryFile, Framework, Hostname, idOf, pageOf, PageQuery, PythonVersion, Time } from './common.ts';
import { storable } from './storable.ts';

const SourceSettings = { branch: BranchName.nullable(), entryFile: EntryFile.nullable() };

export const SourceView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('git'), url: z.string(), ...SourceSettings }),
  z.object({ kind: z.literal('builtin'), example: z.string().nullable(), ...SourceSettings }),
]);

const ExampleName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'There is no such example.');

export const SourceInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('git'), url: z.string().min(1).max(2000), branch: BranchName.nullish(), entryFile: EntryFile.nullish() }),
  z.strictObject({ kind: z.literal('builtin'), example: ExampleName.nullish(), branch: BranchName.nullish(), entryFile: EntryFile.nullish() }),
]);

export const Limits = z.strictObject({
  memoryMib: z.number().int().min(64).max(65_536),
  cpus: z.number().min(0.1).max(64),
  pids: z.number().int().min(16).max(4096),
});

const Minutes = z.number().int().min(1).max(525_600).nullable();

/** After how many minutes without a live session; `null`: never. */
export const Sleep = z.strictObject({ freezeAfterMinutes: Minutes, stopAfterMinutes: Minutes });

/** How an app's instances are run. Changes hold at once. */
const RunSettings = {
  replicas: z.number().int().min(1).max(MOST_REPLICAS).optional(),
  drainSeconds: z.number().int().min(0).max(86_400).optional().describe('sockets of an old release live on for at most so long'),
  sleep: Sleep.partial().optional(),
};

export const CreateApp = z.strictObject({
  hostname: Hostname,
  source: SourceInput,
  python: PythonVersion.nullish(),
  limits: Limits.partial().optional(),
  ...RunSettings,
  /** TOML, as `.streamlit/secrets.toml` has it. */
  secrets: z.string().max(262_144).optional(),
});
export type CreateApp = z.infer<typeof CreateApp>;

export const UpdateApp = z.strictObject({
  hostname: Hostname.optional(),
  source: SourceInput.optional(),
  branch: BranchName.nullish(),
  entryFile: EntryFile.nullish(),
  python: PythonVersion.nullish(),
  limits: Limits.partial().optional(),
  ...RunSettings,
});
export type UpdateApp = z.infer<typeof UpdateApp>;

/** A change of settings that `apps.update` takes, and a deployment after it would try. */
export const FixView = z.discriminatedUnion('setting', [
  z.object({ setting: z.literal('python'), value: PythonVersion }),
  z.object({ setting: z.literal('entryFile'), value: EntryFile }),
  z.object({ setting: z.literal('memoryMib'), value: z.number().int() }),
]);
export type FixView = z.infer<typeof FixView>;
export const FailureView = z.object({ code: z.string(), phase: z.enum(PHASES), message: storable(), hint: storable().nullable(), excerpt: storable().nullable(), fix: FixView.optional() });
export const WarningView = z.object({
  code: z.string(),
  message: storable(),
  excerpt: storable().nullable(),
  place: z.object({ path: storable(), line: z.number().int() }).optional().describe('where in the repository'),
  hint: storable().optional().describe('what mends it'),
});
export const PhaseTimes = z.partialRecord(z.enum(PHASES), z.number().describe('milliseconds'));
export const ActorView = z.object({ kind: z.enum(['user', 'token', 'push', 'system']), name: z.string() });

/** What a build plan decided and why, in sentences that the console shows as they are. */
export const PlanView = z.object({
  entryFile: storable(),
  python: z.string(),
  framework: z.string(),
  dependencies: z.object({ kind: z.string(), path: storable().nullable() }),
  packages: z.array(z.string()).describe('apt packages'),
  notes: z.array(storable()),
});
export type PlanView = z.infer<typeof PlanView>;

export const DeploymentView = z.object({
  id: idOf('deployment'),
  app: idOf('app'),
  number: z.number().int().describe('counts up per app'),
  status: z.enum(DEPLOYMENT_STATUSES),
  reason: z.enum(['deploy', 'push', 'redeploy', 'settings', 'rollback', 'rebuild']).describe('rebuild: the image of the live release was lost, and is made again'),
  branch: z.string().nullable(),
  commit: Commit.nullable(),
  commitMessage: z.string().nullable(),
  commitAuthor: z.string().nullable(),
  actor: ActorView,
  release: idOf('release').nullable(),
  releaseNumber: z.number().int().nullable(),
  releaseState: z.enum(RELEASE_STATES).nullable().describe('kept: a rollback to it is possible'),
  failure: FailureView.nullable(),
  warnings: z.array(WarningView),
  plan: PlanView.nullable(),
  phases: PhaseTimes,
  /** The phase it is in now, while it is pending. */
  phase: z.enum(PHASES).nullable(),
  queuePosition: z.number().int().nullable().describe('its place in line for a build while it is queued; 1 is next. Workspaces take turns'),
  createdAt: Time,
  finishedAt: Time.nullable(),
  liveAt: Time.nullable(),
});
export type DeploymentView = z.infer<typeof DeploymentView>;

export const ReleaseView = z.object({
  id: idOf('release'),
  app: idOf('app'),
  number: z.number().int(),
  deployment: idOf('deployment'),
  commit: Commit,
  commitMessage: z.string().nullable(),
  commitAuthor: z.string().nullable(),
  image: z.string().describe('the image id, a digest'),
  framework: Framework,
  entryFile: z.string(),
  python: z.string(),
  limits: Limits.describe('what was in force when it was made'),
  secretsVersion: z.number().int(),
  state: z.enum(RELEASE_STATES).describe('kept: a rollback to it is possible; pruned: its image is gone'),
  current: z.boolean(),
  createdAt: Time,
  liveAt: Time.nullable().describe('when it last went live'),
});
export type ReleaseView = z.infer<typeof ReleaseView>;

export const InstanceView = z.object({
  id: idOf('instance'),
  slot: z.number().int().describe('its place among the replicas, from 0; one that replaces another has the same'),
  release: idOf('release'),
  desired: z.enum(INSTANCE_DESIRED),
  status: z.enum(INSTANCE_STATUSES),
  reason: z.string().nullable(),
  restarts: z.number().int(),
  sockets: z.number().int(),
  startedAt: Time.nullable(),
});
export type InstanceView = z.infer<typeof InstanceView>;

export const AppView = z.object({
  id: idOf('app'),
  workspace: idOf('workspace'),
  hostname: z.string(),
  url: z.string(),
  gitUrl: z.string().describe('the built-in Git remote'),
  source: SourceView,
  python: z.string().nullable(),
  limits: Limits,
  replicas: z.number().int(),
  drainSeconds: z.number().int(),
  sleep: Sleep,
  sleeping: z.enum(SLEEP_DEPTHS),
  desired: z.enum(APP_DESIRED),
  status: z.enum(APP_STATUSES),
  statusReason: z.string().nullable(),
  lastWords: z.string().nullable().describe('of an app that crashed: the last lines it wrote, at most ten and 2 KB'),
  release: ReleaseView.nullable(),
  deployment: DeploymentView.nullable().describe('the newest'),
  instances: z.array(InstanceView),
  createdAt: Time,
  updatedAt: Time,
});
export type AppView = z.infer<typeof AppView>;

/** Puts an app to sleep without waiting for it to be idle. */
export const PutToSleep = z.strictObject({ depth: z.enum(['frozen', 'stopped']).default('frozen') });

export const CreateDeployment = z.strictObject({
  /** Only for the built-in remote: the pushed commit. Otherwise the branch's newest. */
  commit: Commit.optional(),
  reason: z.enum(['deploy', 'redeploy']).default('deploy'),
  acknowledgeSecrets: z.boolean().default(false).describe('deploy though credentials are committed: those of the named commit, else those that the newest stopped deployment found; it is audited'),
  acknowledges: idOf('deployment').optional().describe('the deployment that stopped and whose committed credentials were seen: these pass, and no others'),
});

export const ReleaseRef = z.union([idOf('release'), idOf('deployment'), z.string().regex(/^[1-9]\d{0,8}$/)], 'A release is named by its number, its id, or the id of a deployment of it.').meta({ type: 'string', description: "a release's number or id, or the id of a deployment of it" });

/** Without `to`: back to the release that was live before the present one. */
export const RollBack = z.strictObject({ to: ReleaseRef.optional() });

const Difference = z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() });

/** What a rollback would change. `null` stands for what is not there. */
export const RollbackView = z.object({
  from: ReleaseView.describe('the live release'),
  to: ReleaseView,
  undone: z.array(z.object({ number: z.number().int(), commit: Commit, message: z.string().nullable(), author: z.string().nullable() })).describe('of later releases that were live, newest first; of an earlier target none'),
  packages: z.array(Difference).nullable().describe('null where a release has no list of its packages'),
  settings: z.array(Difference),
  secrets: z.array(z.object({ name: z.string(), change: z.enum(['restored', 'removed', 'changed']) })).describe('names only'),
  rebuilds: z.boolean().describe('its image is gone from its machine, so it is built again: the same commit and exactly the packages of its lock'),
  supersedes: z.array(idOf('deployment')).describe('deployments on their way, which the rollback ends'),
});
export type RollbackView = z.infer<typeof RollbackView>;

/** The exact packages of a release's environment. `lock` is `null` where none was recorded, as for a release without dependencies of its own. */
export const LockView = z.object({ release: idOf('release'), lock: z.string().nullable(), packages: z.array(z.object({ name: z.string(), version: z.string() })) });
export type LockView = z.infer<typeof LockView>;

export const AppPage = pageOf(AppView);
export const DeploymentPage = pageOf(DeploymentView);
export const ReleasePage = pageOf(ReleaseView);
export { PageQuery };

export const LogLine = z.object({
  /** Counts up within one log; send the last one back as `after`. */
  seq: z.number().int(),
  at: Time,
  stream: z.enum(['stdout', 'stderr', 'system']),
  text: z.string().max(16_384),
});
export type LogLine = z.infer<typeof LogLine>;

export const LogQuery = z.strictObject({
  kind: z.enum(['app', 'build']).default('app'),
  /** For `build`: which deployment's; the newest if not given. */
  deployment: idOf('deployment').optional(),
  since: Time.optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  /** Wait up to so long for the first line when there is none yet. */
  waitMs: z.coerce.number().int().min(0).max(25_000).default(0),
});
export type LogQuery = z.infer<typeof LogQuery>;

/** `ended`: no line will ever follow (a build's log whose deployment has ended). */
export const LogPage = z.object({ lines: z.array(LogLine), ended: z.boolean() });
export type LogPage = z.infer<typeof LogPage>;

export const SecretView = z.object({ name: z.string(), version: z.number().int(), setBy: z.string(), setAt: Time });
export const SecretList = z.object({ version: z.number().int(), items: z.array(SecretView) });
export const SetSecrets = z.strictObject({ toml: z.string().max(262_144) });

export const HostnameAvailability = z.object({ hostname: z.string(), available: z.boolean(), reason: z.string().nullable(), suggestion: z.string().nullable() });

export const InspectRepository = z.strictObject({ url: z.string().min(1).max(2000), branch: BranchName.optional() });
export const RepositoryView = z.object({
  url: z.string(),
  defaultBranch: z.string().nullable(),
  branches: z.array(z.string()),
  /** Ranked, best first, for `branch` or the default branch. */
  entryFiles: z.array(z.object({ path: z.string(), why: z.string() })),
  plan: PlanView.nullable(),
});
export type RepositoryView = z.infer<typeof RepositoryView>;

export const ExampleView = z.object({ name: z.string(), title: z.string(), description: z.string(), entryFile: z.string() });
export const AuditEventView = z.object({ id: idOf('auditEvent'), at: Time, actor: ActorView, action: z.string(), target: z.string(), details: z.record(z.string(), z.unknown()) });
export const AuditPage = pageOf(AuditEventView);
