'use client';

import { Field, TextInput } from '#ui/field.tsx';
import { SuggestInput } from '#ui/suggest-input.tsx';
import type { NewAppForm } from './use-new-app.ts';

interface RepositoryFieldsProps {
  readonly form: NewAppForm;
  /** What the API said about a field when the form was sent. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Where the code is: a repository, its branch, the file to run. */
export function RepositoryFields({ form, problems }: RepositoryFieldsProps) {
  const { inspection, view, pasted } = form;
  const refused = inspection.state === 'refused' ? inspection.message : undefined;
  const unclear = form.repository.trim() !== '' && !pasted ? 'Paste the address of a Git repository, of one of its .py files, or owner/name.' : undefined;
  return (
    <>
      <Field label="Repository" problem={problems['source.url'] ?? problems['source'] ?? unclear ?? refused} hint={<RepositoryHint form={form} />}>
        {(control) => (
          <TextInput
            {...control}
            value={form.repository}
            onChange={(event) => form.setRepository(event.target.value)}
            placeholder="https://github.com/owner/name"
            inputMode="url"
            required
          />
        )}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Branch" problem={problems['source.branch']} hint={view && view.branches.length > 1 ? `${view.branches.length} branches` : 'The repository’s default, if left empty'}>
          {(control) => <SuggestInput control={control} value={form.branch} onChange={form.setBranch} suggestions={(view?.branches ?? []).map((value) => ({ value }))} placeholder="default" />}
        </Field>
        <Field label="Entry file" problem={problems['source.entryFile']} hint={view?.entryFiles.find((file) => file.path === form.entryFile)?.why ?? 'The script to run'}>
          {(control) => <SuggestInput control={control} value={form.entryFile} onChange={form.setEntryFile} suggestions={(view?.entryFiles ?? []).map(({ path, why }) => ({ value: path, why }))} placeholder="chosen from the repository" />}
        </Field>
      </div>
    </>
  );
}

function RepositoryHint({ form: { inspection, pasted } }: { readonly form: NewAppForm }) {
  if (inspection.state === 'reading') return <span className="text-working">Reading branches and files of {pasted?.url.replace(/^https?:\/\//, '')}…</span>;
  if (inspection.state === 'read') return <span className="text-ready">Read. {inspection.view.entryFiles.length === 0 ? 'It has no Python file that looks like an app.' : 'Branch and entry file are filled in below.'}</span>;
  return 'Any https address: a repository, a branch, or a .py file as your browser shows it.';
}
