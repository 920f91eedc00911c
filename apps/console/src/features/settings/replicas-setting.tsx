'use client';

import type { AppView } from '@weir/contracts';
import { ReplicasField, replicasOf } from '#features/instances/replicas-field.tsx';
import { useDraft } from '#ui/use-draft.ts';
import { SettingForm } from './setting-form.tsx';

/** How many instances serve an app. */
export function ReplicasSetting({ app }: { readonly app: AppView }) {
  const [text, setText] = useDraft(String(app.replicas));
  const replicas = replicasOf(text);
  return (
    <SettingForm app={app.hostname} title="Replicas" effect="Takes effect now." change={replicas === undefined || replicas === app.replicas ? null : { replicas }}>
      {(problems) => <ReplicasField app={app} value={text} onChange={setText} problem={problems['replicas']} />}
    </SettingForm>
  );
}
