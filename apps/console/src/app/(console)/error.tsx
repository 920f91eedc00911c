'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useEffect, useEffectEvent } from 'react';
import { Button } from '#ui/button.tsx';
import { MessagePage } from '#ui/message-page.tsx';

const RETRY_MS = 4000;

/** The page could not be read: mostly because the control plane restarts. It is tried again by itself. */
export default function PageError({ error, reset }: { readonly error: Error & { digest?: string }; readonly reset: () => void }) {
  const router = useRouter();
  const retry = useEffectEvent(() =>
    startTransition(() => {
      router.refresh();
      reset();
    }),
  );
  useEffect(() => {
    const timer = setInterval(() => retry(), RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <MessagePage
      title="This page cannot be read just now"
      action={
        <Button
          look="primary"
          onClick={() =>
            startTransition(() => {
              router.refresh();
              reset();
            })
          }
        >
          Try again now
        </Button>
      }
    >
      <p>The control plane does not answer; it may be restarting. Your apps keep serving meanwhile.</p>
      <output>Trying again every few seconds.</output>
      {error.digest !== undefined && <p className="text-sm">Reference {error.digest}</p>}
    </MessagePage>
  );
}
