import type { Rows, Tx } from '@weir/database';
import type { Limits } from '@weir/domain';

/** What of an app a rollback sets back. */
type Restored = Partial<Pick<Rows.App, 'memoryMib' | 'cpus' | 'pids' | 'secretsVersion'>>;

/**
 * The settings of the release that a rollback has just made live. Call with the app locked.
 *
 * What the rollback replaces keeps the secrets it has: a session that lives on in it needs those it began with.
 * Where a person set secrets or limits while the rollback started, these hold and are not set back.
 */
export async function restoreSettings(tx: Tx, app: Rows.App, { id: deploymentId, restores }: Rows.Deployment): Promise<Restored> {
  const limits = restores as Limits | null;
  const pinned = await tx.instance.findFirst({ where: { deploymentId, secretsVersion: { not: null } }, select: { secretsVersion: true } });
  if (!pinned || pinned.secretsVersion === null) return { ...limits };
  const others = { appId: app.id, deployment: { id: { not: deploymentId }, status: { not: 'starting' } }, desired: { not: 'stopped' } };
  await tx.instance.updateMany({ where: { ...others, secretsVersion: null }, data: { secretsVersion: app.secretsVersion } });
  await tx.instance.updateMany({ where: { deploymentId }, data: { secretsVersion: null } });
  return { ...limits, secretsVersion: pinned.secretsVersion };
}
