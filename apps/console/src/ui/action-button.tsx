'use client';

import { type ReactNode, useActionState } from 'react';
import type { Outcome } from '#api/outcome.ts';
import type { ButtonLook } from './button.tsx';
import { SubmitButton } from './submit-button.tsx';

interface ActionButtonProps {
  readonly action: () => Promise<Outcome>;
  readonly children: ReactNode;
  readonly pending: ReactNode;
  readonly look?: ButtonLook;
}

/** A button that does one thing on the server; a refusal is said beside it. */
export function ActionButton({ action, children, pending, look = 'plain' }: ActionButtonProps) {
  const [outcome, run] = useActionState(action, null);
  return (
    <form action={run} className="flex min-w-0 flex-wrap items-center gap-2">
      <SubmitButton look={look} pending={pending}>
        {children}
      </SubmitButton>
      {outcome?.ok === false && (
        <p role="alert" className="text-sm text-failed">
          {outcome.message}
        </p>
      )}
    </form>
  );
}
