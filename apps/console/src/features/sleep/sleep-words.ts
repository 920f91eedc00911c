import type { AppView } from '@weir/contracts';
import { span } from '#ui/time-words.ts';

export type Depth = Exclude<AppView['sleeping'], 'awake'>;

/** What each depth of sleep means, in the places that tell of it. */
export const SLEEP_WORDS: Record<Depth, { sentence: string; short: string; verb: string; next: string }> = {
  frozen: {
    sentence: 'Its memory is kept; a visit wakes it in a moment.',
    short: 'wakes in a moment',
    verb: 'Freeze until a visit',
    next: 'Keeps its memory, uses no processor time. A visit wakes it in a moment, as it was.',
  },
  stopped: {
    sentence: 'Its memory is given back; a visit starts it again, which takes seconds.',
    short: 'wakes in seconds',
    verb: 'Stop until a visit',
    next: 'Gives its memory back. Open sessions end; a visit starts it again, which takes seconds.',
  },
};

const after = (minutes: number): string => `after ${span(minutes * 60)}`;

/** An app's sleep policy in one phrase. A stop that comes first leaves nothing to freeze. */
export function policyWords({ freezeAfterMinutes: freeze, stopAfterMinutes: stop }: AppView['sleep']): string {
  if (freeze === null && stop === null) return 'Never';
  if (freeze === null || (stop !== null && stop <= freeze)) return `Stopped ${after(stop ?? 0)} without a session`;
  return `Frozen ${after(freeze)} without a session, ${stop === null ? 'never stopped' : `stopped ${after(stop)}`}`;
}
