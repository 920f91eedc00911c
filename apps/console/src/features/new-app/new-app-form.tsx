'use client';

import type { OperationAnswer, PythonView } from '@weir/contracts';
import { useActionState, useState } from 'react';
import { PlanCard } from '#features/deployments/plan-card.tsx';
import { useCheckedToml } from '#features/secrets/use-checked-toml.ts';
import { Callout } from '#ui/callout.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { ChosenExample } from './chosen-example.tsx';
import { createApp } from './create-app.action.ts';
import { HostnameField } from './hostname-field.tsx';
import { PlanHint } from './plan-hint.tsx';
import { RepositoryFields } from './repository-fields.tsx';
import { useNewApp } from './use-new-app.ts';

interface NewAppFormProps {
  readonly start: { readonly repository: string; readonly branch: string; readonly entryFile: string };
  readonly example: OperationAnswer<'examples.list'>['items'][number] | null;
  readonly appsDomain: string;
  readonly pythons: readonly PythonView[];
}

/** Four questions in one column; at the right, what the build would do. */
export function NewAppForm({ start, example, appsDomain, pythons }: NewAppFormProps) {
  const form = useNewApp({ ...start, example });
  const [python, setPython] = useState('');
  const [secrets, setSecrets] = useState('');
  const checked = useCheckedToml(secrets);
  const [outcome, create] = useActionState(createApp, null);
  const problems = outcome?.ok === false ? outcome.fields : {};
  const ready = form.source !== null && form.hostname !== '' && checked.problem === null;

  function submit(): void {
    if (!form.source || !ready) return;
    create({ hostname: form.hostname, source: form.source, ...(python !== '' && { python }), ...(secrets.trim() !== '' && { secrets }) });
  }

  return (
    <form action={submit} className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="flex flex-col gap-5">
        {example ? <ChosenExample example={example} /> : <RepositoryFields form={form} problems={problems} />}
        <HostnameField value={form.hostname} onChange={form.setHostname} appsDomain={appsDomain} problem={problems['hostname']} />
        <AdvancedFields python={python} onPython={setPython} pythons={pythons} secrets={secrets} onSecrets={setSecrets} checked={checked} problems={problems} />
        {outcome?.ok === false && <Callout tone="failed" role="alert" title={outcome.message} />}
        <div className="flex items-center gap-3">
          <SubmitButton look="primary" pending="Creating…" disabled={!ready} className="h-9 px-4">
            Deploy app
          </SubmitButton>
          {checked.problem && <p className="text-sm text-muted">The secrets are not TOML yet.</p>}
        </div>
      </div>
      <aside aria-label="Build plan" className="lg:sticky lg:top-20">
        {form.view?.plan ? <PlanCard plan={{ ...form.view.plan, entryFile: form.entryFile || form.view.plan.entryFile }} title="What the build will do" /> : <PlanHint example={example !== null} />}
      </aside>
    </form>
  );
}
