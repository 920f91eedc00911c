'use client';

import type { RollbackView } from '@weir/contracts';
import { useEffect, useState } from 'react';
import { ask, BrowserProblem } from '#api/browser.ts';

export type Preview = { readonly state: 'reading' } | { readonly state: 'read'; readonly view: RollbackView } | { readonly state: 'refused'; readonly message: string };

/** What a rollback to this release would change, read when it is shown. */
export function usePreview(app: string, release: string): Preview {
  const [preview, setPreview] = useState<Preview>({ state: 'reading' });
  useEffect(() => {
    const leaving = new AbortController();
    ask<'rollback.preview'>({ operation: 'rollback.preview', method: 'GET', path: `/apps/${app}/rollback?to=${release}`, signal: leaving.signal })
      .then((view) => setPreview({ state: 'read', view }))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) setPreview({ state: 'refused', message: error instanceof BrowserProblem ? error.message : 'What would change could not be read just now. Close this and try again.' });
      });
    return () => leaving.abort();
  }, [app, release]);
  return preview;
}
