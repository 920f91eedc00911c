import type { AppView, DeploymentView } from '@weir/contracts';
import { isPending } from '@weir/domain';
import Link from 'next/link';
import { canRollBack } from '#features/releases/can-roll-back.ts';
import { RollBack } from '#features/releases/roll-back.tsx';
import { firstLine, shortCommit } from '#features/app/source-words.ts';
import { TimeAgo } from '#ui/time-ago.tsx';
import { duration } from '#ui/time-words.ts';
import { DeploymentStatusMark } from './deployment-status.tsx';
import { causeWords, PHASE_WORDS, releaseWords, totalMs } from './deployment-words.ts';

/** One deployment of a list: status, commit, who, how long. The whole row opens it. */
export function DeploymentRow({ deployment, app }: { readonly deployment: DeploymentView; readonly app: AppView }) {
  const release = releaseWords(deployment);
  const detail = deployment.failure?.message ?? (deployment.phase && isPending(deployment.status) ? `${PHASE_WORDS[deployment.phase].doing}…` : causeWords(deployment));
  return (
    <li className="relative grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-hover sm:grid-cols-[112px_minmax(0,1fr)_auto]">
      <DeploymentStatusMark status={deployment.status} />
      <div className="order-3 col-span-2 min-w-0 sm:order-none sm:col-span-1">
        <Link href={`/apps/${app.hostname}/deployments/${deployment.id}`} className="block truncate font-medium after:absolute after:inset-0" dir="auto">
          {deployment.commitMessage ? firstLine(deployment.commitMessage) : `Deployment ${deployment.number}`}
        </Link>
        <p className="facts flex-nowrap! truncate text-sm text-muted">
          <span>#{deployment.number}</span>
          {release !== null && <span className="shrink-0">{release}</span>}
          {deployment.commit !== null && <code>{shortCommit(deployment.commit)}</code>}
          <span className={deployment.failure ? 'truncate text-failed' : 'truncate'}>{detail}</span>
        </p>
      </div>
      <div className="flex items-center justify-end gap-3">
        {canRollBack(app, deployment) && <RollBack app={app} deployment={deployment} />}
        <p className="text-right text-sm text-muted sm:min-w-20">
          <TimeAgo time={deployment.createdAt} />
          {deployment.finishedAt !== null && <span className="hidden sm:block">{duration(totalMs(deployment))}</span>}
        </p>
      </div>
    </li>
  );
}
