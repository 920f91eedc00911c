'use client';

import type { AppView } from '@weir/contracts';
import { useState } from 'react';
import { Field, TextInput } from '#ui/field.tsx';
import { SettingForm } from './setting-form.tsx';

const FIELDS = [
  { name: 'memoryMib', label: 'Memory', hint: 'MiB', min: 64, max: 65_536, step: 1 },
  { name: 'cpus', label: 'CPU', hint: 'processors, such as 0.5', min: 0.1, max: 64, step: 0.1 },
  { name: 'pids', label: 'Processes', hint: 'processes and threads', min: 16, max: 4096, step: 1 },
] as const;

/** What an instance may use. */
export function LimitsSetting({ app }: { readonly app: AppView }) {
  const [texts, setTexts] = useState({ memoryMib: String(app.limits.memoryMib), cpus: String(app.limits.cpus), pids: String(app.limits.pids) });
  const valid = FIELDS.every(({ name, min, max }) => Number(texts[name]) >= min && Number(texts[name]) <= max);
  const changed = FIELDS.filter(({ name }) => Number(texts[name]) !== app.limits[name]);
  const change = valid && changed.length > 0 ? { limits: Object.fromEntries(changed.map(({ name }) => [name, Number(texts[name])])) } : null;
  return (
    <SettingForm app={app.hostname} title="Limits" effect="Takes effect after a reboot or with the next deployment." change={change}>
      {(problems) => (
        <div className="grid gap-4 sm:grid-cols-3">
          {FIELDS.map(({ name, label, hint, min, max, step }) => (
            <Field key={name} label={label} hint={hint} problem={problems[`limits.${name}`]}>
              {(control) => <TextInput {...control} type="number" inputMode="decimal" min={min} max={max} step={step} value={texts[name]} onChange={(event) => setTexts({ ...texts, [name]: event.target.value })} />}
            </Field>
          ))}
        </div>
      )}
    </SettingForm>
  );
}
