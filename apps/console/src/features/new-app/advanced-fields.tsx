'use client';

import type { PythonView } from '@weir/contracts';
import { ChevronRight } from 'lucide-react';
import { PythonOptions } from '#features/pythons/python-options.tsx';
import { type CheckedToml } from '#features/secrets/check-toml.ts';
import { TomlEditor } from '#features/secrets/toml-editor.tsx';
import { TomlNote } from '#features/secrets/toml-note.tsx';
import { Field, Select } from '#ui/field.tsx';

interface AdvancedFieldsProps {
  readonly python: string;
  readonly onPython: (version: string) => void;
  readonly pythons: readonly PythonView[];
  readonly secrets: string;
  readonly onSecrets: (toml: string) => void;
  readonly checked: CheckedToml;
  readonly problems: Readonly<Record<string, string>>;
}

/** What most apps leave as it is: the Python version, and secrets. */
export function AdvancedFields({ python, onPython, pythons, secrets, onSecrets, checked, problems }: AdvancedFieldsProps) {
  return (
    <details className="group card">
      <summary className="flex list-none items-center gap-2 rounded-lg px-4 py-3 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight size={16} aria-hidden className="text-muted transition-transform group-open:rotate-90" />
        Advanced
        <span className="truncate font-normal text-muted">Python {python === '' ? 'as the repository says' : python}{checked.names.length > 0 ? `, ${checked.names.length} secrets` : ', secrets'}</span>
      </summary>
      <div className="flex flex-col gap-5 border-t border-line p-4">
        <Field label="Python" problem={problems['python']} hint="A version named by the repository (.python-version, runtime.txt, requires-python) is followed.">
          {(control) => (
            <Select {...control} value={python} onChange={(event) => onPython(event.target.value)} className="sm:max-w-[280px]">
              <PythonOptions pythons={pythons} />
            </Select>
          )}
        </Field>
        <div className="flex flex-col gap-1.5">
          <label htmlFor="secrets" className="font-medium">
            Secrets
          </label>
          <TomlEditor id="secrets" value={secrets} onChange={onSecrets} problem={checked.problem} rows={7} aria-describedby="secrets-note" aria-invalid={checked.problem !== null} placeholder={'api_key = "…"\n\n[database]\nuser = "…"'} />
          <TomlNote id="secrets-note" checked={checked} />
          {problems['secrets'] !== undefined && <p className="text-sm text-failed">{problems['secrets']}</p>}
        </div>
      </div>
    </details>
  );
}
