'use client';

import { useActionState } from 'react';
import { Callout } from '#ui/callout.tsx';
import { CommandLine } from '#ui/command-line.tsx';
import { SubmitButton } from '#ui/submit-button.tsx';
import { signIn } from './session.actions.ts';

/** One button that spends the link; a spent or expired one says how to get another. */
export function SignInForm({ token }: { readonly token: string }) {
  const [outcome, submit] = useActionState(signIn, null);
  if (outcome?.ok === false) return <LinkRefused message={outcome.message} spent={outcome.code !== 'console.unreachable'} />;
  return (
    <form action={submit} className="flex flex-col gap-4">
      <p className="text-muted">This link signs you in once, on this browser.</p>
      <input type="hidden" name="token" value={token} />
      <SubmitButton look="primary" pending="Signing in…" className="h-10 w-full">
        Sign in
      </SubmitButton>
    </form>
  );
}

function LinkRefused({ message, spent }: { readonly message: string; readonly spent: boolean }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout tone={spent ? 'attention' : 'failed'} role="alert" title={spent ? 'This link does not sign in any more' : 'Sign-in is not possible just now'}>
        {spent ? 'It was used already, or it is older than 15 minutes.' : message}
      </Callout>
      {spent && <NewLink />}
    </div>
  );
}

/** How to get a link. */
export function NewLink() {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">A link works once and for 15 minutes. On the machine that runs Weir, make another:</p>
      <CommandLine command="./weir signin-link" />
    </div>
  );
}
