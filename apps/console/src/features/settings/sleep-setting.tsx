'use client';

import type { AppView } from '@weir/contracts';
import { DEFAULT_SLEEP_POLICY } from '@weir/domain';
import { useDraft } from '#ui/use-draft.ts';
import { SettingForm } from './setting-form.tsx';
import { SpanField } from './span-field.tsx';

const OFFERED = { unit: 'minutes', choices: [15, 30, 60, 120, 240, 480, 720, 1440, 10_080, null], least: 1, most: 525_600 } as const;

/** After how long without a session an app sleeps, and how deep. */
export function SleepSetting({ app }: { readonly app: AppView }) {
  const [freeze, setFreeze] = useDraft<number | null | undefined>(app.sleep.freezeAfterMinutes);
  const [stop, setStop] = useDraft<number | null | undefined>(app.sleep.stopAfterMinutes);
  const changed = freeze !== app.sleep.freezeAfterMinutes || stop !== app.sleep.stopAfterMinutes;
  const change = freeze !== undefined && stop !== undefined && changed ? { sleep: { freezeAfterMinutes: freeze, stopAfterMinutes: stop } } : null;
  const neverFrozen = typeof freeze === 'number' && typeof stop === 'number' && stop <= freeze;
  return (
    <SettingForm app={app.hostname} title="Sleep" effect="Takes effect now." change={change}>
      {(problems) => (
        <>
          <p className="text-muted">An app that nobody uses costs nothing: without a live session it falls asleep, and a visit wakes it. Hidden tabs, health checks and bots do not keep it awake.</p>
          <div className="grid gap-4 sm:grid-cols-2">
            <SpanField
              {...OFFERED}
              label="Freeze after"
              hint={neverFrozen ? 'Never comes to it: the app is stopped before.' : 'Memory is kept; a visit wakes it in a moment.'}
              standard={DEFAULT_SLEEP_POLICY.freezeAfterMinutes}
              problem={problems['sleep.freezeAfterMinutes']}
              value={freeze}
              onChange={setFreeze}
            />
            <SpanField
              {...OFFERED}
              label="Stop after"
              hint="Memory is given back; a visit starts it again, in seconds."
              standard={DEFAULT_SLEEP_POLICY.stopAfterMinutes}
              problem={problems['sleep.stopAfterMinutes']}
              value={stop}
              onChange={setStop}
            />
          </div>
        </>
      )}
    </SettingForm>
  );
}
