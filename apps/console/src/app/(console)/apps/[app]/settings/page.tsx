import type { Metadata } from 'next';
import { readApp } from '#features/app/read-app.ts';
import { readMe } from '#features/identity/read-me.ts';
import { readPythons } from '#features/pythons/read-pythons.ts';
import { DangerZone } from '#features/settings/danger-zone.tsx';
import { HostnameSetting } from '#features/settings/hostname-setting.tsx';
import { PythonSetting } from '#features/settings/python-setting.tsx';
import { RunSettings } from '#features/settings/run-settings.tsx';
import { SourceSetting } from '#features/settings/source-setting.tsx';
import { Section } from '#ui/section.tsx';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: PageProps<'/apps/[app]/settings'>) {
  const [app, { installation }, pythons] = await Promise.all([readApp((await params).app), readMe(), readPythons()]);
  return (
    <div className="flex max-w-[760px] flex-col gap-10">
      <Section title="Settings">
        <div className="flex flex-col gap-4">
          <SourceSetting app={app} />
          <PythonSetting app={app} pythons={pythons} />
          <HostnameSetting app={app} appsDomain={installation.appsDomain} />
        </div>
      </Section>
      <Section title="Instances" description="How many run, what each may use, when they sleep and how they end.">
        <RunSettings app={app} />
      </Section>
      <Section title="Danger zone">
        <DangerZone app={app} />
      </Section>
    </div>
  );
}
