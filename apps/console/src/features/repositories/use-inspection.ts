'use client';

import type { RepositoryView } from '@weir/contracts';
import { useEffect, useState } from 'react';
import { ask, BrowserProblem } from '#api/browser.ts';

export type Inspection =
  | { readonly state: 'idle' }
  | { readonly state: 'reading'; readonly previous: RepositoryView | null }
  | { readonly state: 'read'; readonly view: RepositoryView }
  | { readonly state: 'refused'; readonly message: string };

/** The newest answer, and what was asked for it. */
interface Known {
  readonly url: string;
  readonly branch: string | undefined;
  readonly view: RepositoryView | null;
  readonly problem: string | null;
}

/** Long enough that typing asks once, short enough that pasting feels at once. */
const QUIET_MS = 350;

/** Branches, entry files and the build plan of a repository, read anew when url or branch change. */
export function useInspection(url: string | undefined, branch: string | undefined): Inspection {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (url === undefined) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      ask<'repositories.inspect'>({ operation: 'repositories.inspect', method: 'POST', path: '/repositories/inspect', body: { url, ...(branch !== undefined && { branch }) }, signal: leaving.signal })
        .then((view) => setKnown({ url, branch, view, problem: null }))
        .catch((error: unknown) => {
          if (leaving.signal.aborted) return;
          setKnown({ url, branch, view: null, problem: error instanceof BrowserProblem ? error.message : 'The repository could not be read just now. Try again in a moment.' });
        });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [url, branch]);
  if (url === undefined) return { state: 'idle' };
  if (known?.url !== url) return { state: 'reading', previous: null };
  if (known.branch !== branch) return { state: 'reading', previous: known.view };
  return known.view ? { state: 'read', view: known.view } : { state: 'refused', message: known.problem ?? '' };
}
