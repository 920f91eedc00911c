import { type ReleaseRow, type Rows, type Tx, WITH_DEPLOYMENTS } from '@weir/database';
import { Conflict, isId, NotFound, releaseState } from '@weir/domain';

type Tables = Pick<Tx, 'release'>;

/** A release of an app. @param ref its number, its id, or the id of a deployment of it @throws NotFound */
export async function findRelease({ release }: Tables, appId: string, ref: string): Promise<ReleaseRow> {
  const which = isId('release', ref) ? { id: ref } : isId('deployment', ref) ? { deployments: { some: { id: ref } } } : { number: Number(ref) };
  const found = await release.findFirst({ where: { appId, ...which }, include: WITH_DEPLOYMENTS });
  if (!found) throw new NotFound('release', ref);
  return found;
}

/** The release that a rollback leads to. @param ref none: the one that was live before @throws Conflict if one cannot go back to it */
export async function findTarget(tables: Tables, app: Rows.App, ref: string | undefined): Promise<ReleaseRow> {
  const release = ref === undefined ? await releaseBefore(tables, app) : await findRelease(tables, app.id, ref);
  if (release.id === app.releaseId) throw new Conflict('release.live', `Release ${release.number} is live already. If the app does not answer, reboot it.`);
  const state = releaseState({ ...release, isLive: false });
  if (state === 'kept') return release;
  const why = state === 'starting' || release.liveAt === null ? 'was never live' : 'is not kept any more';
  throw new Conflict('release.not_kept', `Release ${release.number} ${why}, so one cannot go back to it. Deploy its commit again instead.`);
}

async function releaseBefore({ release }: Tables, { id, releaseId }: Rows.App): Promise<ReleaseRow> {
  const before = await release.findFirst({ where: { appId: id, id: { not: releaseId ?? '' }, liveAt: { not: null }, prunedAt: null }, orderBy: { liveAt: 'desc' }, include: WITH_DEPLOYMENTS });
  if (!before) throw new Conflict('release.none_before', 'There is no earlier release to go back to.');
  return before;
}
