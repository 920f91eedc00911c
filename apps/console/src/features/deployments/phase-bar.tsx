'use client';

import type { DeploymentView } from '@weir/contracts';
import clsx from 'clsx';
import { duration } from '#ui/time-words.ts';
import { useNow } from '#ui/use-now.ts';
import { doingWords, PHASE_WORDS, totalMs } from './deployment-words.ts';
import { phaseSteps, type PhaseStep, type StepState } from './phase-steps.ts';

const BAR: Record<StepState, string> = {
  done: 'bg-ready',
  now: 'bg-working breathing',
  failed: 'bg-failed',
  skipped: 'bg-line-strong opacity-50',
  waiting: 'bg-line',
};

const WORDS: Record<StepState, string> = { done: 'done', now: 'now', failed: 'failed', skipped: 'not needed', waiting: 'to come' };

/** What a deployment spends its time on: each phase with its time, and a sentence about the present one. */
export function PhaseBar({ deployment }: { readonly deployment: DeploymentView }) {
  const steps = phaseSteps(deployment);
  const current = steps.find((step) => step.state === 'now');
  const now = useNow(current ? 500 : 60_000);
  // What is over has a time; the rest since the start belongs to the phase it is in.
  const runningMs = Math.max(0, now - Date.parse(deployment.createdAt) - totalMs(deployment));
  return (
    <div className="flex flex-col gap-3">
      <ol className="grid grid-cols-4 gap-x-1.5 gap-y-3 sm:grid-cols-8">
        {steps.map((step) => (
          <Step key={step.phase} step={step} runningMs={runningMs} />
        ))}
      </ol>
      <output className={current ? 'text-sm text-working' : 'sr-only'}>
        {current ? `${doingWords(current.phase, deployment)}.` : ''}
      </output>
    </div>
  );
}

function Step({ step: { phase, state, ms }, runningMs }: { readonly step: PhaseStep; readonly runningMs: number }) {
  const time = state === 'now' ? duration(runningMs) : ms === null ? (state === 'failed' ? 'failed' : '–') : duration(ms);
  return (
    <li className="min-w-0" title={`${PHASE_WORDS[phase].doing}: ${WORDS[state]}`}>
      <div className={clsx('mb-1.5 h-1 rounded-full', BAR[state])} />
      <p className={clsx('truncate text-xs font-medium sm:text-sm', state === 'failed' ? 'text-failed' : state === 'waiting' || state === 'skipped' ? 'text-faint' : 'text-ink')}>
        {PHASE_WORDS[phase].label}
        <span className="sr-only">: {WORDS[state]}</span>
      </p>
      <p className="truncate text-xs text-muted" suppressHydrationWarning>
        {time}
      </p>
    </li>
  );
}
