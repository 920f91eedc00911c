'use client';

import type { AppView } from '@weir/contracts';
import { useState } from 'react';
import { useInspection } from '#features/repositories/use-inspection.ts';
import { isBranchName } from '@weir/domain';
import { Field, TextInput } from '#ui/field.tsx';
import { SuggestInput } from '#ui/suggest-input.tsx';
import { parsePasted } from '#features/repositories/pasted-repository.ts';
import { SettingForm } from './setting-form.tsx';

/** Repository, branch and entry file; branches and files are read from the repository. */
export function SourceSetting({ app }: { readonly app: AppView }) {
  const { source } = app;
  const [url, setUrl] = useState(source.kind === 'git' ? source.url : '');
  const [branch, setBranch] = useState(source.branch ?? '');
  const [entryFile, setEntryFile] = useState(source.entryFile ?? '');
  const pasted = source.kind === 'git' ? parsePasted(url)?.url : undefined;
  const inspection = useInspection(pasted, isBranchName(branch) ? branch : undefined);
  const view = inspection.state === 'read' ? inspection.view : inspection.state === 'reading' ? inspection.previous : null;

  const moved = source.kind === 'git' && pasted !== undefined && pasted !== source.url;
  const settings = { branch: branch || null, entryFile: entryFile || null };
  const changed = moved || settings.branch !== source.branch || settings.entryFile !== source.entryFile;
  const valid = source.kind === 'builtin' || pasted !== undefined;
  const change = changed && valid ? (moved ? { source: { kind: 'git' as const, url: pasted, ...settings } } : settings) : null;

  return (
    <SettingForm app={app.hostname} title="Source" effect="Takes effect with the next deployment." change={change}>
      {(problems) => (
        <>
          {source.kind === 'git' && (
            <Field label="Repository" problem={problems['source.url'] ?? (inspection.state === 'refused' ? inspection.message : undefined)}>
              {(control) => <TextInput {...control} value={url} onChange={(event) => setUrl(event.target.value)} inputMode="url" />}
            </Field>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Branch" problem={problems['branch']} hint={source.kind === 'git' ? 'Empty: the repository’s default' : 'A push to this branch deploys'}>
              {(control) => <SuggestInput control={control} value={branch} onChange={setBranch} suggestions={(view?.branches ?? []).map((value) => ({ value }))} placeholder={view?.defaultBranch ?? 'default'} />}
            </Field>
            <Field label="Entry file" problem={problems['entryFile']} hint="Empty: chosen from the repository">
              {(control) => <SuggestInput control={control} value={entryFile} onChange={setEntryFile} suggestions={(view?.entryFiles ?? []).map(({ path, why }) => ({ value: path, why }))} placeholder={app.release?.entryFile ?? 'streamlit_app.py'} />}
            </Field>
          </div>
        </>
      )}
    </SettingForm>
  );
}
