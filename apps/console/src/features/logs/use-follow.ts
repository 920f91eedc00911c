'use client';

import type { LogLine } from '@weir/contracts';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface Follow {
  /** Whether the end stays in sight. */
  readonly following: boolean;
  /** Lines that came since it paused. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly follow: () => void;
}

/** Scrolled less than this from the end counts as at the end, in pixels. */
const NEAR_END = 24;

/** Keeps a box at its end while lines come; scrolling up pauses, scrolling back to the end goes on. */
export function useFollow(box: RefObject<HTMLDivElement | null>, lines: readonly LogLine[], contentHeight: number): Follow {
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const lastTop = useRef(0);
  const following = pausedAt === null;

  useLayoutEffect(() => {
    if (following) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [following, box, lines, contentHeight]);

  return {
    following,
    unseen: following ? 0 : lines.reduce((count, line) => count + (line.seq > pausedAt ? 1 : 0), 0),
    onScroll: () => {
      const element = box.current;
      if (!element) return;
      const movedUp = element.scrollTop < lastTop.current;
      lastTop.current = element.scrollTop;
      // Lines that grow below are no scrolling away: only an upward move pauses.
      if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END) setPausedAt(null);
      else if (movedUp) setPausedAt((now) => now ?? lines.at(-1)?.seq ?? 0);
    },
    follow: () => setPausedAt(null),
  };
}
