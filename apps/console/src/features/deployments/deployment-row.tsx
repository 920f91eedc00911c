import type { DeploymentView } from '@weir/contracts';
import { isPending } from '@weir/domain';
import Link from 'next/link';
import { firstLine, shortCommit } from '#features/app/source-words.ts';
import { TimeAgo } from '#ui/time-ago.tsx';
import { duration } from '#ui/time-words.ts';
import { DeploymentStatusMark } from './deployment-status.tsx';
import { causeWords, PHASE_WORDS, totalMs } from './deployment-words.ts';

/** One deployment of a list: status, commit, who, how long. The whole row opens it. */
export function DeploymentRow({ deployment, hostname }: { readonly deployment: DeploymentView; readonly hostname: string }) {
  const detail = deployment.failure?.message ?? (deployment.phase && isPending(deployment.status) ? `${PHASE_WORDS[deployment.phase].doing}…` : causeWords(deployment));
  return (
    <li className="relative grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors hover:bg-hover sm:grid-cols-[112px_minmax(0,1fr)_auto]">
      <DeploymentStatusMark status={deployment.status} />
      <div className="order-3 col-span-2 min-w-0 sm:order-none sm:col-span-1">
        <Link href={`/apps/${hostname}/deployments/${deployment.id}`} className="block truncate font-medium after:absolute after:inset-0" dir="auto">
          {deployment.commitMessage ? firstLine(deployment.commitMessage) : `Deployment ${deployment.number}`}
        </Link>
        <p className="flex gap-2 truncate text-sm text-muted">
          <span>#{deployment.number}</span>
          {deployment.commit !== null && <code>{shortCommit(deployment.commit)}</code>}
          <span className={deployment.failure ? 'truncate text-failed' : 'truncate'}>{detail}</span>
        </p>
      </div>
      <p className="text-right text-sm text-muted">
        <TimeAgo time={deployment.createdAt} />
        {deployment.finishedAt !== null && <span className="hidden sm:block">{duration(totalMs(deployment))}</span>}
      </p>
    </li>
  );
}
