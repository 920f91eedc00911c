import type { Metadata } from 'next';
import { readApp } from '#features/app/read-app.ts';
import { LogView } from '#features/logs/log-view.tsx';

export const metadata: Metadata = { title: 'Logs' };

export default async function LogsPage({ params }: PageProps<'/apps/[app]/logs'>) {
  const app = await readApp((await params).app);
  return (
    <LogView
      key={app.id}
      app={app.id}
      subject={{ topic: 'app-log', app: app.id }}
      fileName={`${app.hostname}.log`}
      label="App log"
      empty="What the app prints shows here. Nothing came yet."
      height="h-[max(320px,calc(100dvh-340px))]"
    />
  );
}
