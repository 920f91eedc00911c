'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { AppView } from '@weir/contracts';
import { useActionState, useState } from 'react';
import type { Outcome } from '#api/outcome.ts';
import { deleteApp } from '#features/app/app-operations.actions.ts';
import { buttonClass } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';

/** Asks for the app's name before deleting it. */
export function DeleteApp({ app }: { readonly app: AppView }) {
  const [typed, setTyped] = useState('');
  const [outcome, remove] = useActionState((_: Outcome, name: string) => deleteApp(app.id, app.hostname, name), null);
  return (
    <AlertDialog.Root onOpenChange={() => setTyped('')}>
      <AlertDialog.Trigger className={buttonClass('danger')}>Delete app</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-[oklch(0_0_0/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 rounded-lg border border-line-strong bg-surface p-5 shadow-floating">
          <form action={() => remove(typed)} className="flex flex-col gap-4">
            <AlertDialog.Title className="text-lg font-semibold break-all">Delete {app.hostname}</AlertDialog.Title>
            <AlertDialog.Description className="text-muted">Its releases, logs, secrets and built-in Git remote are lost, and its address becomes free. Your own repository stays as it is. This cannot be undone.</AlertDialog.Description>
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
            <div className="flex justify-end gap-2">
              <AlertDialog.Close className={buttonClass()}>Keep app</AlertDialog.Close>
              <SubmitButton look="danger" pending="Deleting…" disabled={typed !== app.hostname}>
                Delete app
              </SubmitButton>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
