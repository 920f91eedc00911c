'use client';

import type { AppView } from '@weir/contracts';
import { useActionState, useState } from 'react';
import type { Outcome } from '#api/outcome.ts';
import { deleteApp } from '#features/app/app-operations.actions.ts';
import { Alert, AlertClose } from '#ui/alert.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';

const LOST = 'Its releases, logs, secrets and built-in Git remote are lost, and its address becomes free. Your own repository stays as it is. This cannot be undone.';

/** Asks for the app's name before deleting it. */
export function DeleteApp({ app }: { readonly app: AppView }) {
  const [typed, setTyped] = useState('');
  const [outcome, remove] = useActionState((_: Outcome, name: string) => deleteApp(app.id, app.hostname, name), null);
  return (
    <Alert label="Delete app" look="danger" title={`Delete ${app.hostname}`} text={LOST} onOpenChange={() => setTyped('')}>
      <form action={() => remove(typed)} className="flex flex-col gap-4">
        <Field
          label={
            <>
              Type <code className="rounded-sm bg-sunken px-1 break-all">{app.hostname}</code> to confirm
            </>
          }
          problem={outcome?.ok === false ? outcome.message : undefined}
        >
          {(control) => <TextInput {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          <AlertClose>Keep app</AlertClose>
          <SubmitButton look="danger" pending="Deleting…" disabled={typed !== app.hostname}>
            Delete app
          </SubmitButton>
        </div>
      </form>
    </Alert>
  );
}
