/** `kept`: it was live, and one can go back to it. `pruned`: its image is gone or about to go, its row stays. */
export const RELEASE_STATES = ['starting', 'live', 'kept', 'pruned'] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

interface ReleaseFacts {
  /** Whether it is its app's live release. */
  readonly isLive: boolean;
  /** When it last went live. */
  readonly liveAt: Date | null;
  readonly prunedAt: Date | null;
}

export function releaseState({ isLive, liveAt, prunedAt }: ReleaseFacts): ReleaseState {
  if (isLive) return 'live';
  if (prunedAt !== null) return 'pruned';
  return liveAt === null ? 'starting' : 'kept';
}
