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
  const underWay = countOf(running);
  const least = (one: WaitingBuild, other: WaitingBuild): WaitingBuild => {
    const fewer = (underWay.get(other.workspace) ?? 0) - (underWay.get(one.workspace) ?? 0);
    const earlier = (turns.get(other.workspace) ?? 0) - (turns.get(one.workspace) ?? 0);
    return fewer < 0 || (fewer === 0 && earlier < 0) ? other : one;
  };
  const heads = headsOf(waiting).filter(({ workspace }) => (underWay.get(workspace) ?? 0) < mostPerWorkspace);
  return heads.length === 0 ? undefined : heads.reduce(least);
}

/**
 * The place in line of each build that waits; the next one has place 1.
 *
 * It is the order in which they begin if those under way end in the order in which they began.
 */
export function placesInLine(queue: BuildQueue): Map<DeploymentId, number> {
  const places = new Map<DeploymentId, number>();
  const [running, turns] = [[...queue.running], new Map(queue.turns)];
  const slots = Math.max(1, running.length);
  let waiting = [...queue.waiting];
  let turn = Math.max(0, ...turns.values());
  while (waiting.length > 0) {
    if (running.length >= slots) running.shift();
    const next = nextBuild({ ...queue, waiting, running, turns });
    if (!next) {
      if (running.shift() === undefined) break; // a limit of none: nobody's turn comes
      continue;
    }
    places.set(next.deployment, places.size + 1);
    turns.set(next.workspace, (turn += 1));
    running.push(next.workspace);
    waiting = waiting.filter((build) => build !== next);
  }
  return places;
}

/** The oldest build of each workspace. */
function headsOf(waiting: readonly WaitingBuild[]): WaitingBuild[] {
  const heads = new Map<WorkspaceId, WaitingBuild>();
  for (const build of waiting) if (!heads.has(build.workspace)) heads.set(build.workspace, build);
  return [...heads.values()];
}

function countOf(workspaces: readonly WorkspaceId[]): Map<WorkspaceId, number> {
  const count = new Map<WorkspaceId, number>();
  for (const each of workspaces) count.set(each, (count.get(each) ?? 0) + 1);
  return count;
}
