import type { DeploymentView } from '@weir/contracts';
import { Lightbulb } from 'lucide-react';
import type { ReactNode } from 'react';
import { ActionButton } from '#ui/action-button.tsx';
import { Callout } from '#ui/callout.tsx';
import { LogExcerpt } from '#ui/log-excerpt.tsx';
import { applyFix } from './deployment.actions.ts';
import { PHASE_WORDS } from './deployment-words.ts';
import { fixWords } from './fix-words.ts';
import { RemedyLink } from './remedy-link.tsx';

interface FailureCardProps {
  /** Hostname. */
  readonly app: string;
  readonly failure: NonNullable<DeploymentView['failure']>;
  /** Whether an earlier release still serves. */
  readonly stillServing: boolean;
  /** What can be done about it here. */
  readonly children?: ReactNode;
}

/** Why a deployment failed: one sentence, what the log said, what mends it. */
export function FailureCard({ app, failure, stillServing, children }: FailureCardProps) {
  const { fix } = failure;
  return (
    <Callout tone="failed" role="alert" title={failure.message}>
      <div className="mt-1 flex flex-col gap-3">
        <p className="text-sm text-muted">
          Failed in {PHASE_WORDS[failure.phase].label.toLowerCase()} · <code>{failure.code}</code>
          {stillServing && ' · visitors still see the release before'}
        </p>
        {failure.excerpt && <LogExcerpt tone="failed" label="Excerpt of the log" text={failure.excerpt} />}
        {failure.hint !== null && (
          <p className="flex gap-2">
            <Lightbulb size={16} aria-hidden className="mt-0.5 shrink-0 text-attention" />
            <span>{failure.hint}</span>
          </p>
        )}
        {fix ? (
          <ActionButton action={() => applyFix(app, fix)} pending="Deploying…">
            {fixWords(fix)}
          </ActionButton>
        ) : (
          <RemedyLink app={app} code={failure.code} />
        )}
        {children}
      </div>
    </Callout>
  );
}
