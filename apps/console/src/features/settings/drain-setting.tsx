'use client';

import type { AppView } from '@weir/contracts';
import { DEFAULT_DRAIN_SECONDS } from '@weir/domain';
import { useDraft } from '#ui/use-draft.ts';
import { SettingForm } from './setting-form.tsx';
import { SpanField } from './span-field.tsx';

const CHOICES = [0, 60, 300, 900, 1800, 3600, 14_400, 43_200, 86_400] as const;
const MOST_SECONDS = 86_400;

/** How long the sessions of an old release may live on. */
export function DrainSetting({ app }: { readonly app: AppView }) {
  const [drain, setDrain] = useDraft<number | null | undefined>(app.drainSeconds);
  const change = typeof drain === 'number' && drain !== app.drainSeconds ? { drainSeconds: drain } : null;
  return (
    <SettingForm app={app.hostname} title="Drain limit" effect="Takes effect now, for what drains already too." change={change}>
      {(problems) => (
        <>
          <p className="text-muted">After a deployment, a reboot or a scale down, open tabs stay with the instance they have. It ends with its last session, or at this limit; then its tabs reload by themselves.</p>
          <div className="sm:max-w-[50%] sm:pr-2">
            <SpanField label="End sessions after" problem={problems['drainSeconds']} unit="seconds" choices={CHOICES} standard={DEFAULT_DRAIN_SECONDS} least={0} most={MOST_SECONDS} value={drain} onChange={setDrain} />
          </div>
        </>
      )}
    </SettingForm>
  );
}
