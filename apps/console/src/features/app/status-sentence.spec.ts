import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { filterApps } from './app-filter.ts';
import { statusSentence } from './status-sentence.ts';

const app = (rest: Partial<Record<keyof AppView, unknown>>): AppView => ({ hostname: 'a', status: 'live', sleeping: 'awake', statusReason: null, source: { kind: 'builtin', example: null }, deployment: null, ...rest }) as AppView;

describe('an app’s status for people', () => {
  it('tells a frozen app from one whose memory is given back', () => {
    const sentences = ['frozen', 'stopped'].map((sleeping) => statusSentence(app({ status: 'asleep', sleeping })));
    expect(sentences).toEqual(['Its memory is kept; a visit wakes it in a moment.', 'Its memory is given back; a visit starts it again, which takes seconds.']);
  });

  it('prefers the reason that was seen', () => {
    expect(statusSentence(app({ status: 'crashed', statusReason: 'Killed: out of memory.' }))).toBe('Killed: out of memory.');
  });

  it('does not call a cancelled deployment a failure', () => {
    const cancelled = app({ status: 'cancelled', deployment: { status: 'cancelled' } });
    expect(statusSentence(cancelled)).toMatch(/cancelled/);
    expect(filterApps([cancelled], '', 'attention')).toEqual([]);
  });
});
