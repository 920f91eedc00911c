'use client';

import type { AppView } from '@weir/contracts';
import { ExternalLink, RotateCw } from 'lucide-react';
import { ActionButton } from '#ui/action-button.tsx';
import { buttonClass } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { deployAgain } from './app-operations.actions.ts';
import { AppStatusMark } from './app-status.tsx';
import { AppTabs } from './app-tabs.tsx';
import { useLiveApp } from './use-live-app.ts';

/** Where there is nothing to open, and nothing on its way: deploying is what comes next. */
const UNDEPLOYED: ReadonlySet<AppView['status']> = new Set(['new', 'failed', 'cancelled']);

/** The app as the hero of each of its pages: name, address, state, open. */
export function AppHeader({ app: rendered }: { readonly app: AppView }) {
  const { app } = useLiveApp(rendered);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-2xl font-semibold tracking-tight wrap-anywhere">{app.hostname}</h1>
            <output>
              <AppStatusMark app={app} boxed />
            </output>
          </div>
          <div className="mt-1 flex items-center gap-1 text-muted">
            <a href={app.url} target="_blank" rel="noreferrer" className="truncate font-mono text-sm hover:text-ink hover:underline">
              {app.url.replace(/^https?:\/\//, '').replace(/\/$/, '')}
            </a>
            <CopyButton text={app.url} label="Copy address" />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <ActionButton look={UNDEPLOYED.has(app.status) ? 'primary' : 'plain'} action={() => deployAgain(app.hostname, app.release ? 'redeploy' : 'deploy')} pending="Deploying…">
            <RotateCw size={14} aria-hidden />
            Deploy newest commit
          </ActionButton>
          <a href={app.url} target="_blank" rel="noreferrer" className={buttonClass(app.release ? 'primary' : 'plain')}>
            Open
            <ExternalLink size={14} aria-hidden />
          </a>
        </div>
      </div>
      <AppTabs hostname={app.hostname} />
    </div>
  );
}
