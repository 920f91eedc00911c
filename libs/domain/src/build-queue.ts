import type { DeploymentId, WorkspaceId } from './ids.ts';

/** A build that waits for its turn. */
export interface WaitingBuild {
  readonly deployment: DeploymentId;
  readonly workspace: WorkspaceId;
}

/** What is built and what waits, of all workspaces together. */
export interface BuildQueue {
  /** Oldest first. */
  readonly waiting: readonly WaitingBuild[];
  /** The workspace of each build under way, in the order in which they began. */
  readonly running: readonly WorkspaceId[];
  /** The number of each workspace's last turn, counted over all. Who is missing never had one. */
  readonly turns: ReadonlyMap<WorkspaceId, number>;
  /** Builds that one workspace may have under way. */
  readonly mostPerWorkspace: number;
}

/**
 * Whose turn it is when a place is free, or nobody's: who waits has its workspace's most under way.
 *
 * The workspace with the fewest builds under way comes first, then the one whose last turn is longest ago, then the
 * oldest build; within a workspace the oldest. So a workspace of which nothing is built waits for at most one build of
 * each other, none gets a further place while one that waits has fewer, and one that waits alone gets all places.
 */
export function nextBuild({ waiting, running, turns, mostPerWorkspace }: BuildQueue): WaitingBuild | undefined {
  return firstOf(headsOf(linesOf(waiting)), { underWay: countOf(running), turns, mostPerWorkspace });
}

/**
 * The place in line of each build that waits; the next one has place 1.
 *
 * It is the order in which they begin if those under way end in the order in which they began.
 */
export function placesInLine({ waiting, running, turns, mostPerWorkspace }: BuildQueue): Map<DeploymentId, number> {
  const places = new Map<DeploymentId, number>();
  const lines = linesOf(waiting);
  const ends = [...running]; // in the order in which they end
  const standing = { underWay: countOf(running), turns: new Map(turns), mostPerWorkspace };
  const atOnce = Math.max(1, running.length);
  let ended = 0;
  const end = (): void => count(standing.underWay, ends[ended++], -1);
  let turn = Math.max(0, ...turns.values());
  while (places.size < waiting.length) {
    if (ends.length - ended >= atOnce) end();
    const next = firstOf(headsOf(lines), standing);
    if (!next) {
      if (ended === ends.length) break; // a limit of none: nobody's turn comes
      end();
      continue;
    }
    places.set(next.deployment, places.size + 1);
    standing.turns.set(next.workspace, (turn += 1));
    lines.get(next.workspace)?.pop();
    count(standing.underWay, next.workspace, 1);
    ends.push(next.workspace);
  }
  return places;
}

interface Standing extends Pick<BuildQueue, 'turns' | 'mostPerWorkspace'> {
  readonly underWay: ReadonlyMap<WorkspaceId, number>;
}

/** Of the oldest builds of workspaces, the one whose turn it is. */
function firstOf(heads: readonly WaitingBuild[], { underWay, turns, mostPerWorkspace }: Standing): WaitingBuild | undefined {
  const least = (one: WaitingBuild, other: WaitingBuild): WaitingBuild => {
    const fewer = (underWay.get(other.workspace) ?? 0) - (underWay.get(one.workspace) ?? 0);
    const earlier = (turns.get(other.workspace) ?? 0) - (turns.get(one.workspace) ?? 0);
    return fewer < 0 || (fewer === 0 && earlier < 0) ? other : one;
  };
  const able = heads.filter(({ workspace }) => (underWay.get(workspace) ?? 0) < mostPerWorkspace);
  return able.length === 0 ? undefined : able.reduce(least);
}

/** Each workspace's builds, the oldest last; the workspace whose oldest is the oldest of all comes first. */
function linesOf(waiting: readonly WaitingBuild[]): Map<WorkspaceId, WaitingBuild[]> {
  const lines = Map.groupBy(waiting, ({ workspace }) => workspace);
  for (const line of lines.values()) line.reverse();
  return lines;
}

const headsOf = (lines: ReadonlyMap<WorkspaceId, readonly WaitingBuild[]>): WaitingBuild[] => [...lines.values()].flatMap((line) => line.slice(-1));

function countOf(workspaces: readonly WorkspaceId[]): Map<WorkspaceId, number> {
  const counts = new Map<WorkspaceId, number>();
  for (const each of workspaces) count(counts, each, 1);
  return counts;
}

function count(counts: Map<WorkspaceId, number>, workspace: WorkspaceId | undefined, by: 1 | -1): void {
  if (workspace !== undefined) counts.set(workspace, (counts.get(workspace) ?? 0) + by);
}
