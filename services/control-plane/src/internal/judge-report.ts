import type { BuildReport } from '@weir/contracts';
import type { DeploymentStatus } from '@weir/domain';

/**
 * What becomes of a worker's report.
 *
 * `apply` it; it is a `repeat` of one that was applied; or it is `void`, because the
 * deployment ended otherwise or a newer attempt has it.
 */
export function judgeReport(deployment: { readonly status: DeploymentStatus; readonly attempt: number }, { kind, attempt }: Pick<BuildReport, 'kind' | 'attempt'>): 'apply' | 'repeat' | 'void' {
  if (attempt !== deployment.attempt) return 'void';
  if (deployment.status === 'building') return 'apply';
  if (kind === 'built' && (deployment.status === 'starting' || deployment.status === 'live')) return 'repeat';
  if (kind === 'failed' && deployment.status === 'failed') return 'repeat';
  return 'void';
}
