import type { BuildReport } from '@weir/contracts';
import { mintId, type Rows, type Tx } from '@weir/database';
import { Conflict } from '@weir/domain';
import { move } from '../deployments/deployment-moves.ts';
import { addInstances } from '../instances/settle-slots.ts';
import { mergePhases } from '../deployments/phase-times.ts';

type Built = Extract<BuildReport, { kind: 'built' }>;

/** Turns a finished build into a release and asks for its first instances. Call with the app locked. */
export async function mintRelease(tx: Tx, app: Rows.App, deployment: Rows.Deployment, built: Built): Promise<void> {
  const { id: releaseId, secretsVersion } = deployment.releaseId === null ? await nextRelease(tx, app, deployment, built) : await sameRelease(tx, deployment.releaseId, built);
  await move(tx, deployment.id, 'starting', { releaseId, phase: 'start', leaseUntil: null, phases: mergePhases(deployment.phases, built.finished) });
  const of = { appId: app.id, releaseId, deploymentId: deployment.id, ...(deployment.reason === 'rollback' && { secretsVersion }) };
  await addInstances(tx, of, Array.from({ length: app.replicas }, (_, slot) => slot));
}

/** One that was built again: only where its image and its environment are is new. */
const sameRelease = (tx: Tx, id: string, { image, environment }: Built): Promise<Rows.Release> => tx.release.update({ where: { id }, data: { image, environment } });

async function nextRelease(tx: Tx, app: Rows.App, deployment: Rows.Deployment, built: Built): Promise<Rows.Release> {
  if (deployment.commit === null) throw new Conflict('build.not_fetched', 'A build is finished only after it has told which commit it fetched.');
  const { lastRelease: number } = await tx.app.update({ where: { id: app.id }, data: { lastRelease: { increment: 1 } } });
  const { secretsVersion, memoryMib, cpus, pids } = app;
  const { image, environment, lock, framework, entryFile, python, sourceBytes } = built;
  return tx.release.create({
    data: { id: mintId('release'), appId: app.id, number, commit: deployment.commit, image, environment, lock, entryFile, python, sourceBytes, framework: framework.name, frameworkVersion: framework.version, secretsVersion, memoryMib, cpus, pids },
  });
}
