'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { inputClass } from './field.tsx';

export interface Suggestion {
  readonly value: string;
  /** Why it is suggested. */
  readonly why?: string;
}

interface SuggestInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions: readonly Suggestion[];
  readonly placeholder?: string;
  readonly control: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean };
}

/** A text input that offers what is known to exist, and takes what is not. */
export function SuggestInput({ value, onChange, suggestions, placeholder, control }: SuggestInputProps) {
  const exact = suggestions.some((suggestion) => suggestion.value === value);
  return (
    <Autocomplete.Root
      items={suggestions}
      value={value}
      onValueChange={onChange}
      itemToStringValue={(item) => item.value}
      // With one chosen, opening the list offers the others again.
      filter={(item, query) => exact || item.value.toLowerCase().includes(query.toLowerCase())}
      openOnInputClick
      limit={100}
    >
      <Autocomplete.Input {...control} placeholder={placeholder} spellCheck={false} className={inputClass('font-mono text-sm')} />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-50">
          <Autocomplete.Popup className="max-h-[min(320px,var(--available-height))] w-[var(--anchor-width)] overflow-y-auto rounded-lg border border-line-strong bg-surface p-1 shadow-floating empty:hidden data-[empty]:hidden">
            <Autocomplete.List>
              {(item: Suggestion) => (
                <Autocomplete.Item key={item.value} value={item} className="cursor-default rounded-md px-2 py-1.5 data-[highlighted]:bg-accent-tint">
                  <span className="block truncate font-mono text-sm">{item.value}</span>
                  {item.why !== undefined && <span className="block text-sm text-muted">{item.why}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
