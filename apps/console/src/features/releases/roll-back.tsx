'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { AppView, DeploymentView } from '@weir/contracts';
import { Undo2 } from 'lucide-react';
import { useActionState } from 'react';
import { firstLine, shortCommit } from '#features/app/source-words.ts';
import { buttonClass, type ButtonLook } from '#ui/button.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';
import { rollBack } from './roll-back.action.ts';
import { RollbackDiff } from './rollback-diff.tsx';
import { usePreview } from './use-preview.ts';

interface RollBackProps {
  readonly app: AppView;
  /** One whose release is kept. */
  readonly deployment: DeploymentView;
  readonly look?: ButtonLook;
}

/** Shows what going back would change, then does it. */
export function RollBack({ app, deployment, look = 'plain' }: RollBackProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={buttonClass(look, 'relative z-10')} aria-label={`Roll back to release ${deployment.releaseNumber}`}>
        <Undo2 size={14} aria-hidden />
        Roll back
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-[oklch(0_0_0/0.45)]" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[520px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 rounded-lg border border-line-strong bg-surface p-5 shadow-floating">
          <RollBackForm app={app} deployment={deployment} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function RollBackForm({ app, deployment }: Pick<RollBackProps, 'app' | 'deployment'>) {
  const release = deployment.release ?? '';
  const preview = usePreview(app.id, release);
  const [outcome, run] = useActionState(() => rollBack(app.hostname, release), null);
  const refusal = preview.state === 'refused' ? preview.message : outcome?.ok === false ? outcome.message : null;
  return (
    <>
      <AlertDialog.Title className="text-lg font-semibold">Roll back to release {deployment.releaseNumber}</AlertDialog.Title>
      {deployment.commit !== null && (
        <p className="flex gap-2">
          <code className="shrink-0">{shortCommit(deployment.commit)}</code>
          <span className="truncate" dir="auto">
            {deployment.commitMessage ? firstLine(deployment.commitMessage) : ''}
          </span>
        </p>
      )}
      <AlertDialog.Description className="text-muted">Its image, limits and secrets take force together, without a build. Visitors keep what they see until it answers.</AlertDialog.Description>
      <div className="min-h-0 overflow-y-auto">
        {preview.state === 'read' && <RollbackDiff view={preview.view} />}
        {preview.state === 'reading' && <output className="text-muted">Reading what would change…</output>}
        {refusal !== null && (
          <p role="alert" className="mt-2 text-failed">
            {refusal}
          </p>
        )}
      </div>
      <form action={run} className="flex flex-wrap justify-end gap-2">
        <AlertDialog.Close className={buttonClass()}>Keep release {app.release?.number}</AlertDialog.Close>
        <SubmitButton look="primary" pending="Rolling back…" disabled={preview.state !== 'read'}>
          Roll back
        </SubmitButton>
      </form>
    </>
  );
}
