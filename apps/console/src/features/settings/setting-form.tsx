'use client';

import type { UpdateApp } from '@weir/contracts';
import { Check } from 'lucide-react';
import { type ReactNode, useActionState } from 'react';
import { SubmitButton } from '#ui/submit-button.tsx';
import { saveSettings } from './settings.actions.ts';

interface SettingFormProps {
  readonly app: string;
  readonly title: string;
  /** When a change takes effect, in a sentence. */
  readonly effect: string;
  /** What to save, or `null` while nothing differs or something is not valid. */
  readonly change: UpdateApp | null;
  readonly children: (problems: Readonly<Record<string, string>>) => ReactNode;
}

/** One setting that saves by itself, and says when it takes effect. */
export function SettingForm({ app, title, effect, change, children }: SettingFormProps) {
  const [outcome, save] = useActionState(async () => (change ? saveSettings(app, change) : null), null);
  const refused = outcome?.ok === false ? outcome : null;
  return (
    <form action={save} id={title.toLowerCase().replaceAll(' ', '-')} aria-label={title} className="card scroll-mt-18">
      <div className="flex flex-col gap-4 p-4">
        <h3 className="font-semibold">{title}</h3>
        {children(refused?.fields ?? {})}
        {refused && !Object.values(refused.fields).includes(refused.message) && (
          <p role="alert" className="text-sm text-failed">
            {refused.message}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-b-lg border-t border-line bg-sunken px-4 py-2.5">
        <p className="text-sm text-muted">{effect}</p>
        <div className="ml-auto flex items-center gap-3">
          <output className="text-sm text-ready">
            {outcome?.ok === true && change === null && (
              <span className="inline-flex items-center gap-1">
                <Check size={14} aria-hidden />
                Saved
              </span>
            )}
          </output>
          <SubmitButton pending="Saving…" disabled={change === null}>
            Save
          </SubmitButton>
        </div>
      </div>
    </form>
  );
}
