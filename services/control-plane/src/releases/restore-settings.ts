import type { Rows, Tx } from '@weir/database';

/** What of an app a rollback sets back. */
type Restored = Partial<Pick<Rows.App, 'memoryMib' | 'cpus' | 'pids' | 'secretsVersion'>>;

/**
 * The settings of the release that a rollback has just made live. Call with the app locked.
 *
 * What the rollback replaces keeps the secrets it has: a session that lives on in it needs those it began with.
 * Where a person set secrets while the rollback started, these hold and nothing is set back.
 */
export async function restoreSettings(tx: Tx, app: Rows.App, { id: deploymentId, releaseId }: Rows.Deployment): Promise<Restored> {
  const { memoryMib, cpus, pids } = await tx.release.findUniqueOrThrow({ where: { id: releaseId ?? '' } });
  const pinned = await tx.instance.findFirst({ where: { deploymentId, secretsVersion: { not: null } }, select: { secretsVersion: true } });
  if (!pinned || pinned.secretsVersion === null) return { memoryMib, cpus, pids };
  const others = { appId: app.id, deployment: { id: { not: deploymentId }, status: { not: 'starting' } }, desired: { not: 'stopped' } };
  await tx.instance.updateMany({ where: { ...others, secretsVersion: null }, data: { secretsVersion: app.secretsVersion } });
  await tx.instance.updateMany({ where: { deploymentId }, data: { secretsVersion: null } });
  return { memoryMib, cpus, pids, secretsVersion: pinned.secretsVersion };
}
