'use client';

import '#styles/globals.css';
import { MessagePage } from '#ui/message-page.tsx';

/** The frame itself broke. */
export default function GlobalError({ error }: { readonly error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body className="px-4">
        <MessagePage
          title="The console has a fault"
          action={
            <button type="button" onClick={() => location.assign('/')} className="font-medium text-accent-text underline">
              Back to all apps
            </button>
          }
        >
          <p>Your apps are not affected. {error.digest === undefined ? '' : `The log names it ${error.digest}.`}</p>
        </MessagePage>
      </body>
    </html>
  );
}
