'use client';

import type { AppView } from '@weir/contracts';
import { useActionState } from 'react';
import { openSessions } from '#features/instances/sessions.ts';
import { ActionButton } from '#ui/action-button.tsx';
import { Alert, AlertClose } from '#ui/alert.tsx';
import type { ButtonLook } from '#ui/button.tsx';
import { counted } from '#ui/count-words.ts';
import { SubmitButton } from '#ui/submit-button.tsx';
import { operateApp } from './app-operations.actions.ts';

interface StopAppProps {
  readonly app: AppView;
  readonly label: string;
  readonly look?: ButtonLook;
}

/** Stops an app; it asks before where sessions are open, for those end. */
export function StopApp({ app, label, look = 'plain' }: StopAppProps) {
  const sessions = openSessions(app);
  const [outcome, stop] = useActionState(() => operateApp(app.hostname, 'stop'), null);
  if (sessions === 0) {
    return (
      <ActionButton look={look} action={() => operateApp(app.hostname, 'stop')} pending="Stopping…">
        {label}
      </ActionButton>
    );
  }
  const text = `${counted(sessions, 'session')} ${sessions === 1 ? 'is' : 'are'} open and will end at once, with what was entered there. Releases, secrets and logs stay; visitors see a page that says it is stopped, until you start it again.`;
  return (
    <Alert label={label} look={look} title={`Stop ${app.hostname}`} text={text}>
      {outcome?.ok === false && (
        <p role="alert" className="text-failed">
          {outcome.message}
        </p>
      )}
      <form action={stop} className="flex flex-wrap justify-end gap-2">
        <AlertClose>Keep it running</AlertClose>
        <SubmitButton look="danger" pending="Stopping…">
          Stop app
        </SubmitButton>
      </form>
    </Alert>
  );
}
