import type { AppView } from '@weir/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { instanceWords, wantsTable } from '#features/instances/instance-words.ts';
import { sessionWords } from '#features/instances/sessions.ts';
import { policyWords } from '#features/sleep/sleep-words.ts';
import { counted } from '#ui/count-words.ts';
import { LogExcerpt } from '#ui/log-excerpt.tsx';
import { memoryWords } from '#ui/memory-words.ts';
import { TimeAgo } from '#ui/time-ago.tsx';
import { AppActions } from './app-actions.tsx';
import { AppStatusMark } from './app-status.tsx';
import { statusSentence } from './status-sentence.ts';

/** Show, explain, offer: the app's state, why, and what can be done about it. */
export function AppState({ app }: { readonly app: AppView }) {
  return (
    <section aria-label="State" className="card flex flex-col gap-3 p-4">
      <h2 className="font-semibold">State</h2>
      <div>
        <AppStatusMark app={app} />
        <p className="mt-1">
          {statusSentence(app)}{' '}
          {(app.status === 'crashed' || (app.statusReason !== null && app.status !== 'failed')) && (
            <Link href={`/apps/${app.hostname}/logs`} className="text-accent-text underline underline-offset-2">
              Read the log
            </Link>
          )}
        </p>
        {app.lastWords && (
          <div className="mt-2">
            <LogExcerpt tone="attention" label="What it wrote last" text={app.lastWords} />
          </div>
        )}
      </div>
      {app.release !== null && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
          <Fact name="Sessions">{sessionWords(app)}</Fact>
          <Fact name="Instances">
            {instanceWords(app)}
            {!wantsTable(app) && <OneInstance app={app} />}
          </Fact>
          <Fact name="Limits of each">
            {memoryWords(app.limits.memoryMib)} memory, {app.limits.cpus} CPU, {app.limits.pids} processes
          </Fact>
          <Fact name="Sleep">
            {policyWords(app.sleep)}.{' '}
            <Link href={`/apps/${app.hostname}/settings#sleep`} aria-label="Change sleep settings" className="text-accent-text underline underline-offset-2">
              Change
            </Link>
          </Fact>
        </dl>
      )}
      <div className="mt-auto pt-1">
        <AppActions key={`${app.status} ${app.sleeping}`} app={app} />
      </div>
    </section>
  );
}

/** What the table says of each of many. */
function OneInstance({ app }: { readonly app: AppView }) {
  const [instance] = app.instances;
  if (!instance) return null;
  return (
    <>
      {instance.startedAt !== null && (
        <>
          , started <TimeAgo time={instance.startedAt} />
        </>
      )}
      {instance.restarts > 0 && `, ${counted(instance.restarts, 'restart')}`}
      {instance.reason !== null && instance.reason !== app.statusReason && <>. {instance.reason}</>}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
