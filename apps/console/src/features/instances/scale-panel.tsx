'use client';

import type { AppView } from '@weir/contracts';
import { useActionState, useEffect, useEffectEvent, useState } from 'react';
import { scaleApp } from '#features/app/app-operations.actions.ts';
import { SubmitButton } from '#ui/submit-button.tsx';
import { counted } from '#ui/count-words.ts';
import { ReplicasField, replicasOf } from './replicas-field.tsx';

/** Changes how many instances are wanted; it closes when that is done. */
export function ScalePanel({ app, onDone }: { readonly app: AppView; readonly onDone: () => void }) {
  const [text, setText] = useState(String(app.replicas));
  const replicas = replicasOf(text);
  const [outcome, scale] = useActionState(() => scaleApp(app.hostname, replicas ?? app.replicas), null);
  const close = useEffectEvent(onDone);
  useEffect(() => {
    if (outcome?.ok === true) close();
  }, [outcome]);
  const refused = outcome?.ok === false ? outcome : null;
  return (
    <form action={scale} className="flex flex-col items-start gap-3">
      <ReplicasField app={app} value={text} onChange={setText} problem={refused?.fields['replicas'] ?? refused?.message} />
      <SubmitButton look="primary" pending="Scaling…" disabled={replicas === undefined || replicas === app.replicas}>
        {replicas === undefined ? 'Scale' : `Scale to ${counted(replicas, 'instance')}`}
      </SubmitButton>
    </form>
  );
}
