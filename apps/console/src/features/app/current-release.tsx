import type { AppView } from '@weir/contracts';
import { GitBranch } from 'lucide-react';
import { TimeAgo } from '#ui/time-ago.tsx';
import { firstLine, shortCommit, sourceWords } from './source-words.ts';

/** What visitors see now: commit, message, author, age. */
export function CurrentRelease({ app }: { readonly app: AppView }) {
  const { release } = app;
  return (
    <section aria-label="Current release" className="card flex flex-col gap-3 p-4">
      <h2 className="font-semibold">Current release{release && <span className="font-normal text-muted"> #{release.number}</span>}</h2>
      {release ? (
        <>
          <div>
            <p className="line-clamp-2 break-words" dir="auto">
              {release.commitMessage ? firstLine(release.commitMessage) : 'No commit message'}
            </p>
            <p className="facts text-sm text-muted">
              <code title={release.commit}>{shortCommit(release.commit)}</code>
              {release.commitAuthor !== null && <span>written by {release.commitAuthor}</span>}
              <span>
                live since <TimeAgo time={release.liveAt ?? release.createdAt} />
              </span>
            </p>
          </div>
          <p className="text-sm text-muted">
            <code className="break-all text-ink">{release.entryFile}</code> on Python {release.python}
          </p>
        </>
      ) : (
        <p className="text-muted">There is none until a deployment is live.</p>
      )}
      <p className="mt-auto flex min-w-0 items-center gap-1.5 border-t border-line pt-3 text-sm text-muted">
        <GitBranch size={14} aria-hidden className="shrink-0" />
        <span className="truncate" dir="auto">
          {sourceWords(app.source)}
          {app.source.branch !== null && ` · ${app.source.branch}`}
        </span>
      </p>
    </section>
  );
}
