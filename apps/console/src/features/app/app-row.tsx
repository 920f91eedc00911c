import type { AppView } from '@weir/contracts';
import { ExternalLink, GitBranch } from 'lucide-react';
import Link from 'next/link';
import { TimeAgo } from '#ui/time-ago.tsx';
import { AppStatusMark } from './app-status.tsx';
import { AppUse } from './app-use.tsx';
import { firstLine, shortCommit, sourceWords } from './source-words.ts';

/** One app of the list: state, address, what is deployed, when. The whole row opens it. */
export function AppRow({ app }: { readonly app: AppView }) {
  const { deployment } = app;
  return (
    <li className="group relative grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-hover lg:grid-cols-[108px_minmax(0,1.1fr)_minmax(0,1.3fr)_136px_96px_32px]">
      <div className="order-2 lg:order-none">
        <AppStatusMark app={app} />
      </div>
      <div className="min-w-0">
        <Link href={`/apps/${app.hostname}`} className="block truncate font-semibold after:absolute after:inset-0">
          {app.hostname}
        </Link>
        <p className="truncate text-sm text-muted" dir="auto">
          {sourceWords(app.source)}
        </p>
      </div>
      <div className="order-3 col-span-2 min-w-0 text-sm lg:order-none lg:col-span-1">
        <p className="truncate" dir="auto">
          {deployment?.commitMessage ? firstLine(deployment.commitMessage) : <span className="text-muted">{deployment ? 'Commit not read yet' : 'No deployment yet'}</span>}
        </p>
        {app.status === 'failed' && deployment?.failure ? (
          <p className="truncate text-failed">{deployment.failure.message}</p>
        ) : (
          <p className="flex items-center gap-1.5 truncate text-muted">
            {deployment?.branch != null && (
              <>
                <GitBranch size={12} aria-hidden className="shrink-0" />
                <span className="truncate">{deployment.branch}</span>
              </>
            )}
            {deployment?.commit != null && <code>{shortCommit(deployment.commit)}</code>}
            {deployment?.commitAuthor != null && <span className="truncate">by {deployment.commitAuthor}</span>}
            {deployment?.status === 'failed' && app.status !== 'failed' && <span className="font-medium text-failed">· last deploy failed</span>}
          </p>
        )}
      </div>
      <div className="order-4 col-span-2 flex justify-between gap-4 text-sm lg:order-none lg:contents">
        <p className="lg:text-right">
          <AppUse app={app} />
        </p>
        <p className="text-muted lg:text-right">
          <span className="lg:sr-only">Last deploy </span>
          {deployment ? <TimeAgo time={deployment.createdAt} /> : '–'}
        </p>
      </div>
      <a
        href={app.url}
        target="_blank"
        rel="noreferrer"
        aria-label={`Open ${app.hostname} in a new tab`}
        title="Open"
        className="relative z-10 hidden size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink lg:flex"
      >
        <ExternalLink size={15} aria-hidden />
      </a>
    </li>
  );
}
