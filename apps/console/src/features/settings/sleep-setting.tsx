'use client';

import type { AppView, UpdateApp } from '@weir/contracts';
import { DEFAULT_SLEEP_POLICY } from '@weir/domain';
import { useState } from 'react';
import { SettingForm } from './setting-form.tsx';
import { SpanField } from './span-field.tsx';

const CHOICES = [15, 30, 60, 120, 240, 480, 720, 1440, 10_080, null] as const;
const FIELDS = [
  { name: 'freezeAfterMinutes', label: 'Freeze after', hint: 'Memory is kept; a visit wakes it in a moment.' },
  { name: 'stopAfterMinutes', label: 'Stop after', hint: 'Memory is given back; a visit starts it again, in seconds.' },
] as const;
const MOST_MINUTES = 525_600;

/** After how long without a session an app sleeps, and how deep. */
export function SleepSetting({ app }: { readonly app: AppView }) {
  const [spans, setSpans] = useState<Readonly<Record<(typeof FIELDS)[number]['name'], number | null | undefined>>>(app.sleep);
  const { freezeAfterMinutes: freeze, stopAfterMinutes: stop } = spans;
  const changed = FIELDS.filter(({ name }) => spans[name] !== app.sleep[name]);
  const valid = FIELDS.every(({ name }) => spans[name] !== undefined);
  const change: UpdateApp | null = valid && changed.length > 0 ? { sleep: Object.fromEntries(changed.map(({ name }) => [name, spans[name]])) } : null;
  const neverFrozen = typeof freeze === 'number' && typeof stop === 'number' && stop <= freeze;
  return (
    <SettingForm app={app.hostname} title="Sleep" effect="Takes effect now." change={change}>
      {(problems) => (
        <>
          <p className="text-muted">An app that nobody uses costs nothing: without a live session it falls asleep, and a visit wakes it. Hidden tabs, health checks and bots do not keep it awake.</p>
          <div className="grid gap-4 sm:grid-cols-2">
            {FIELDS.map(({ name, label, hint }) => (
              <SpanField
                key={name}
                label={label}
                hint={neverFrozen && name === 'freezeAfterMinutes' ? 'Never comes to it: the app is stopped before.' : hint}
                problem={problems[`sleep.${name}`]}
                unit="minutes"
                choices={CHOICES}
                standard={DEFAULT_SLEEP_POLICY[name]}
                least={1}
                most={MOST_MINUTES}
                value={spans[name]}
                onChange={(value) => setSpans({ ...spans, [name]: value })}
              />
            ))}
          </div>
        </>
      )}
    </SettingForm>
  );
}
