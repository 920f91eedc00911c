'use client';

import { Check } from 'lucide-react';
import { Field, TextInput } from '#ui/field.tsx';
import { useAvailability } from './use-availability.ts';

interface HostnameFieldProps {
  readonly value: string;
  readonly onChange: (hostname: string) => void;
  readonly appsDomain: string;
  readonly problem: string | undefined;
  /** The app's present hostname, which is its own. */
  readonly own?: string;
}

/** The app's address, checked while it is typed. */
export function HostnameField({ value, onChange, appsDomain, problem, own }: HostnameFieldProps) {
  const availability = useAvailability(value === own ? '' : value);
  const taken = availability?.available === false ? (availability.reason ?? 'This address is taken.') : undefined;
  const suggestion = availability?.suggestion;
  return (
    <div className="flex flex-col gap-1.5">
      <Field
        label="Address"
        problem={problem ?? taken}
        hint={
          availability?.available === true ? (
            <span className="inline-flex items-center gap-1 text-ready">
              <Check size={14} aria-hidden /> Available
            </span>
          ) : (
            'Letters, digits and hyphens'
          )
        }
      >
        {(control) => (
          <div className="flex items-stretch">
            <TextInput {...control} value={value} onChange={(event) => onChange(event.target.value.toLowerCase())} maxLength={63} required className="rounded-r-none" placeholder="my-app" />
            <span className="flex max-w-[55%] min-w-0 shrink-0 items-center rounded-r-md border border-l-0 border-line-strong bg-sunken px-3 text-muted"><span className="truncate">.{appsDomain}</span></span>
          </div>
        )}
      </Field>
      {suggestion != null && (
        <button type="button" onClick={() => onChange(suggestion)} className="self-start text-sm font-medium text-accent-text hover:underline">
          Use {suggestion}
        </button>
      )}
    </div>
  );
}
