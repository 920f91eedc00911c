'use client';

import type { AppView } from '@weir/contracts';
import type { ReactNode } from 'react';
import { operateApp } from '#features/app/app-operations.actions.ts';
import { StopApp } from '#features/app/stop-app.tsx';
import { useLiveApp } from '#features/app/use-live-app.ts';
import { ActionButton } from '#ui/action-button.tsx';
import { DeleteApp } from './delete-app.tsx';

/** What interrupts visitors, apart from everything else; each says what is lost and what is not. */
export function DangerZone({ app: rendered }: { readonly app: AppView }) {
  const { app } = useLiveApp(rendered);
  return (
    <div className="divide-y divide-line overflow-hidden rounded-lg border border-failed-line bg-surface">
      {app.release !== null && (
        <Row title="Reboot" text="Replaces each instance by a fresh one. Open sessions stay with the old one until they end, or until the drain limit.">
          <ActionButton action={() => operateApp(app.hostname, 'reboot')} pending="Rebooting…">
            Reboot app
          </ActionButton>
        </Row>
      )}
      {app.desired === 'stopped' ? (
        <Row title="Start" text="Brings the current release back.">
          <ActionButton action={() => operateApp(app.hostname, 'start')} pending="Starting…">
            Start app
          </ActionButton>
        </Row>
      ) : (
        <Row title="Stop" text="Open sessions end, and visitors see a page that says so until you start it again. Releases, secrets and logs stay.">
          <StopApp app={app} label="Stop app" look="warning" />
        </Row>
      )}
      <Row title="Delete" text="Deletes the app with its releases, logs, secrets and built-in Git remote. Your own repository is not touched.">
        <DeleteApp app={app} />
      </Row>
    </div>
  );
}

function Row({ title, text, children }: { readonly title: string; readonly text: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
      <div className="max-w-[62ch]">
        <h3 className="font-semibold">{title}</h3>
        <p className="text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
