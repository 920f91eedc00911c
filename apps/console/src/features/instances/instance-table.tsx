import type { AppView, DeploymentView, InstanceView } from '@weir/contracts';
import Link from 'next/link';
import { shortCommit } from '#features/app/source-words.ts';
import { Section } from '#ui/section.tsx';
import { TimeAgo } from '#ui/time-ago.tsx';
import { span } from '#ui/time-words.ts';
import { InstanceStatusMark } from './instance-status.tsx';
import { inOrder } from './instance-words.ts';

const HEAD = 'px-2 py-2 font-medium first:pl-4 last:pr-4 sm:px-4';
const CELL = 'px-2 py-2.5 first:pl-4 last:pr-4 sm:px-4';

interface InstanceTableProps {
  readonly app: AppView;
  readonly deployments: readonly DeploymentView[];
}

/** Each instance: how it is, what it runs, who it serves. */
export function InstanceTable({ app, deployments }: InstanceTableProps) {
  const draining = app.instances.some(({ desired }) => desired === 'draining');
  return (
    <Section title="Instances" description={draining ? `A draining instance gets no new visitors. It ends with its last session, or after ${span(app.drainSeconds)}.` : undefined}>
      <div className="card overflow-hidden">
        <table className="w-full text-left">
          <caption className="sr-only">Instances of {app.hostname}</caption>
          <thead className="border-b border-line bg-sunken text-sm text-muted">
            <tr>
              <th className={`${HEAD} hidden sm:table-cell`}>Slot</th>
              <th className={`${HEAD} pl-4`}>State</th>
              <th className={HEAD}>Release</th>
              <th className={`${HEAD} text-right`}>Sessions</th>
              <th className={`${HEAD} hidden text-right sm:table-cell`}>Restarts</th>
              <th className={`${HEAD} hidden text-right sm:table-cell`}>Started</th>
            </tr>
          </thead>
          {inOrder(app).map((instance) => (
            <InstanceRow key={instance.id} instance={instance} app={app} deployment={deployments.find(({ release }) => release === instance.release)} />
          ))}
        </table>
      </div>
    </Section>
  );
}

interface InstanceRowProps {
  readonly instance: InstanceView;
  readonly app: AppView;
  /** What made its release, if it is among the newest. */
  readonly deployment: DeploymentView | undefined;
}

function InstanceRow({ instance, app, deployment }: InstanceRowProps) {
  const { restarts, reason } = instance;
  return (
    <tbody className="border-line not-last:border-b">
      <tr title={instance.id}>
        <td className={`${CELL} hidden text-muted sm:table-cell`}>{instance.slot}</td>
        <th scope="row" className={`${CELL} pl-4 font-normal`}>
          <InstanceStatusMark instance={instance} />
        </th>
        <td className={CELL}>
          {releaseWord(instance, app, deployment)}
          {deployment?.commit != null && (
            <Link href={`/apps/${app.hostname}/deployments/${deployment.id}`} className="ml-2 hidden text-muted hover:text-ink hover:underline min-[360px]:inline">
              <code>{shortCommit(deployment.commit)}</code>
            </Link>
          )}
        </td>
        <td className={`${CELL} text-right`}>{instance.sockets}</td>
        <td className={`${CELL} hidden text-right sm:table-cell`}>{restarts}</td>
        <td className={`${CELL} hidden text-right text-muted sm:table-cell`}>{instance.startedAt === null ? '–' : <TimeAgo time={instance.startedAt} />}</td>
      </tr>
      {(reason !== null || restarts > 0) && (
        <tr className={reason === null ? 'sm:hidden' : undefined}>
          <td colSpan={6} className="px-4 pb-2.5 text-sm break-words text-muted">
            {reason}
            {restarts > 0 && <span className="sm:hidden"> Restarted {restarts}×.</span>}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function releaseWord(instance: InstanceView, app: AppView, deployment: DeploymentView | undefined): string {
  if (instance.release === app.release?.id) return 'Current';
  return deployment?.status === 'starting' ? 'Next' : 'Older';
}
