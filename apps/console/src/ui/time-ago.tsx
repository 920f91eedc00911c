'use client';

import { ago, exactTime } from './time-words.ts';
import { useNow } from './use-now.ts';

/** "3 min ago", with the exact time on hover; it stays true while the page is open. */
export function TimeAgo({ time }: { readonly time: string }) {
  const now = useNow(20_000);
  return (
    <time dateTime={time} title={exactTime(time)} suppressHydrationWarning className="whitespace-nowrap">
      {ago(time, now)}
    </time>
  );
}
