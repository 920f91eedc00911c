import type { BuildReport } from '@weir/contracts';
import { mintId, type Rows, type Tx } from '@weir/database';
import { Conflict } from '@weir/domain';
import { move } from '../deployments/deployment-moves.ts';
import { addInstances } from '../instances/settle-slots.ts';
import { mergePhases } from '../deployments/phase-times.ts';

type Built = Extract<BuildReport, { kind: 'built' }>;

/** Turns a finished build into the app's next release and asks for its first instances. Call with the app locked. */
export async function mintRelease(tx: Tx, app: Rows.App, deployment: Rows.Deployment, built: Built): Promise<void> {
  if (deployment.commit === null) throw new Conflict('build.not_fetched', 'A build is finished only after it has told which commit it fetched.');
  const { lastRelease: number } = await tx.app.update({ where: { id: app.id }, data: { lastRelease: { increment: 1 } } });
  const { secretsVersion, memoryMib, cpus, pids } = app;
  const { image, environment, lock, framework, entryFile, python, sourceBytes } = built;
  const release = await tx.release.create({
    data: { id: mintId('release'), appId: app.id, number, commit: deployment.commit, image, environment, lock, entryFile, python, sourceBytes, framework: framework.name, frameworkVersion: framework.version, secretsVersion, memoryMib, cpus, pids },
  });
  await move(tx, deployment.id, 'starting', { releaseId: release.id, phase: 'start', leaseUntil: null, phases: mergePhases(deployment.phases, built.finished) });
  await addInstances(tx, { appId: app.id, releaseId: release.id, deploymentId: deployment.id }, Array.from({ length: app.replicas }, (_, slot) => slot));
}
