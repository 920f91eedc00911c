'use client';

import { useActionState, useState } from 'react';
import type { Outcome } from '#api/outcome.ts';
import { Callout } from '#ui/callout.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';
import { saveSecrets } from './secrets.actions.ts';
import { TomlEditor } from './toml-editor.tsx';
import { TomlNote } from './toml-note.tsx';
import { useCheckedToml } from './use-checked-toml.ts';

/** The write-only editor, which says before saving which names come, stay and go. */
export function SecretsForm({ app, present }: { readonly app: string; readonly present: readonly string[] }) {
  const [text, setText] = useState('');
  const checked = useCheckedToml(text);
  const [outcome, save] = useActionState(async (_: Outcome, toml: string) => {
    const result = await saveSecrets(app, toml);
    if (result?.ok === true) setText('');
    return result;
  }, null);
  const removed = checked.problem || text.trim() === '' ? [] : present.filter((name) => !checked.names.includes(name));
  return (
    <form action={() => save(text)} className="flex flex-col gap-3">
      <TomlEditor aria-label="Secrets as TOML" value={text} onChange={setText} problem={checked.problem} rows={12} aria-describedby="secrets-note" aria-invalid={checked.problem !== null} placeholder={'api_key = "…"\n\n[database]\nuser = "…"\npassword = "…"'} />
      <TomlNote id="secrets-note" checked={checked} />
      {removed.length > 0 && (
        <p className="text-sm text-attention">
          Removes <code className="wrap-anywhere">{removed.join(', ')}</code>. Only a rollback brings {removed.length === 1 ? 'it' : 'them'} back.
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton look="primary" pending="Saving…" disabled={checked.problem !== null || text.trim() === ''}>
          {removed.length === 0 ? 'Save secrets' : `Save and remove ${removed.length}`}
        </SubmitButton>
        <span className="text-sm text-muted">Takes effect now, without a new build.</span>
      </div>
      {outcome && <Callout tone={outcome.ok ? 'ready' : 'failed'} role={outcome.ok ? 'status' : 'alert'} title={outcome.message} />}
    </form>
  );
}
