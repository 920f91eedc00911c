'use client';

import type { AppView } from '@weir/contracts';
import { useLiveApp } from '#features/app/use-live-app.ts';
import { DrainSetting } from './drain-setting.tsx';
import { LimitsSetting } from './limits-setting.tsx';
import { ReplicasSetting } from './replicas-setting.tsx';
import { SleepSetting } from './sleep-setting.tsx';

/** How an app's instances are run. What is changed elsewhere shows here too, unless it is being edited. */
export function RunSettings({ app: rendered }: { readonly app: AppView }) {
  const { app } = useLiveApp(rendered);
  return (
    <div className="flex flex-col gap-4">
      <ReplicasSetting app={app} />
      <LimitsSetting app={app} />
      <SleepSetting app={app} />
      <DrainSetting app={app} />
    </div>
  );
}
