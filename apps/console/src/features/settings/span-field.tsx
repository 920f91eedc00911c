'use client';

import { type ReactNode, useState } from 'react';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { span } from '#ui/time-words.ts';
import { wholeNumber } from '#ui/whole-number.ts';

const UNIT_SECONDS = { minutes: 60, seconds: 1 } as const;
const CUSTOM = 'custom';

interface SpanFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem: string | undefined;
  readonly unit: keyof typeof UNIT_SECONDS;
  /** What is offered, in `unit`; `null` is "Never". */
  readonly choices: readonly (number | null)[];
  readonly standard: number | null;
  readonly least: number;
  readonly most: number;
  readonly value: number | null | undefined;
  /** `undefined` while what is typed is no such number. */
  readonly onChange: (value: number | null | undefined) => void;
}

/** A span of time: one of those that most want, or exactly what is typed. */
export function SpanField({ label, hint, problem, unit, choices, standard, least, most, value, onChange }: SpanFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const custom = typed !== null || value === undefined || !choices.includes(value);
  const words = (choice: number | null): string => `${choice === null ? 'Never' : choice === 0 ? 'At once' : span(choice * UNIT_SECONDS[unit])}${choice === standard ? ' (default)' : ''}`;

  function choose(chosen: string): void {
    setTyped(chosen === CUSTOM ? String(value ?? standard ?? least) : null);
    if (chosen !== CUSTOM) onChange(chosen === '' ? null : Number(chosen));
    else if (value === null) onChange(standard ?? least);
  }
  function type(text: string): void {
    setTyped(text);
    onChange(wholeNumber(text, least, most));
  }

  return (
    <Field label={label} hint={hint} problem={value === undefined ? `Whole ${unit}, from ${least} to ${most.toLocaleString('en')}.` : problem}>
      {(control) => (
        <div className="flex gap-2">
          <Select {...control} value={custom ? CUSTOM : String(value ?? '')} onChange={(event) => choose(event.target.value)}>
            {choices.map((choice) => (
              <option key={choice} value={choice ?? ''}>
                {words(choice)}
              </option>
            ))}
            <option value={CUSTOM}>Custom…</option>
          </Select>
          {custom && (
            <div className="flex shrink-0 items-center gap-2">
              <div className="w-24">
                <TextInput type="number" inputMode="numeric" min={least} max={most} step={1} aria-label={`${label}, in ${unit}`} aria-describedby={control['aria-describedby']} aria-invalid={control['aria-invalid']} value={typed ?? String(value ?? '')} onChange={(event) => type(event.target.value)} />
              </div>
              <span className="text-sm text-muted">{unit === 'minutes' ? 'min' : 's'}</span>
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
