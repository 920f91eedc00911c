import type { DeploymentView } from '@weir/contracts';
import { GitBranch } from 'lucide-react';
import { firstLine, shortCommit } from '#features/app/source-words.ts';
import { TimeAgo } from '#ui/time-ago.tsx';
import { DeploymentStatusMark } from './deployment-status.tsx';
import { causeWords, releaseWords } from './deployment-words.ts';

/** Which deployment this is: number, status, commit, who and when. */
export function DeploymentFacts({ deployment }: { readonly deployment: DeploymentView }) {
  const release = releaseWords(deployment);
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-lg font-semibold">Deployment {deployment.number}</h2>
        <output>
          <DeploymentStatusMark status={deployment.status} boxed />
        </output>
      </div>
      {deployment.commitMessage !== null && deployment.commitMessage !== '' && (
        <p className="mt-1 line-clamp-2 break-words" dir="auto">
          {firstLine(deployment.commitMessage)}
        </p>
      )}
      <p className="facts mt-0.5 text-sm text-muted">
        {release !== null && <span>{release}</span>}
        {deployment.branch !== null && (
          <span>
            <GitBranch size={13} aria-hidden className="mr-1 inline align-[-2px]" />
            {deployment.branch}
          </span>
        )}
        {deployment.commit !== null && <code title={deployment.commit}>{shortCommit(deployment.commit)}</code>}
        {deployment.commitAuthor !== null && deployment.commitAuthor !== '' && <span>written by {deployment.commitAuthor}</span>}
        <span>
          {causeWords(deployment)} <TimeAgo time={deployment.createdAt} />
        </span>
      </p>
    </div>
  );
}
