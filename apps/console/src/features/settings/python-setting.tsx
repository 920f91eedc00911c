'use client';

import type { AppView, PythonView } from '@weir/contracts';
import { useState } from 'react';
import { PythonOptions } from '#features/pythons/python-options.tsx';
import { Field, Select } from '#ui/field.tsx';
import { SettingForm } from './setting-form.tsx';

export function PythonSetting({ app, pythons }: { readonly app: AppView; readonly pythons: readonly PythonView[] }) {
  const [python, setPython] = useState(app.python ?? '');
  const offered = app.python === null || pythons.some(({ version }) => version === app.python) ? pythons : [{ version: app.python, state: 'unavailable' as const }, ...pythons];
  return (
    <SettingForm app={app.hostname} title="Python" effect="Takes effect with the next deployment, which installs packages anew." change={python === (app.python ?? '') ? null : { python: python || null }}>
      {(problems) => (
        <Field label="Version" problem={problems['python']} hint={app.release ? `The current release runs on Python ${app.release.python}.` : undefined}>
          {(control) => (
            <Select {...control} value={python} onChange={(event) => setPython(event.target.value)} className="sm:max-w-[280px]">
              <PythonOptions pythons={offered} />
            </Select>
          )}
        </Field>
      )}
    </SettingForm>
  );
}
