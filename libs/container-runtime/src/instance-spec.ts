import type { AppId, DeploymentId, InstanceId, Limits, ReleaseId, WorkspaceId } from '@weir/domain';

/** Everything that is decided about one instance before it starts. Nothing here is a secret. */
export interface InstanceSpec {
  readonly id: InstanceId;
  readonly app: AppId;
  readonly workspace: WorkspaceId;
  readonly release: ReleaseId;
  readonly deployment: DeploymentId;
  /** Counts up on every restart; a runtime holds at most one attempt of an instance. */
  readonly attempt: number;
  readonly image: string;
  /** The user, and group, that the app's process runs as: 10,000 to 59,999, one for each app. */
  readonly uid: number;
  readonly framework: string;
  /** Path of the script, from the source's root. */
  readonly entryFile: string;
  /** The public host, without port. */
  readonly hostname: string;
  /** Size of the app's own files; they are copied into its working directory at start. */
  readonly sourceBytes: number;
  readonly limits: Limits;
  /** A directory of the host, on memory, that the instance sees read-only as `/run/secrets`. */
  readonly secretsDir: string;
}

/** The port every app listens on inside its instance. */
export const APP_PORT = 8501;
