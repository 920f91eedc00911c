import type { InstanceSpec } from '@weir/container-runtime';
import type { DesiredInstance } from '@weir/contracts';

/** What a runtime needs to know of what the control plane wants. */
export function instanceSpec(desired: DesiredInstance, secretsDir: string): InstanceSpec {
  const { id, app, workspace, release, deployment, attempt, image, uid, framework, entryFile, hostname, sourceBytes, limits } = desired;
  return { id, app, workspace, release, deployment, attempt, image, uid, framework: framework.name, entryFile, hostname, sourceBytes, limits, secretsDir };
}
