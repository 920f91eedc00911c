'use client';

import type { OperationAnswer } from '@weir/contracts';
import { hostnameProblem } from '@weir/domain';
import { useEffect, useState } from 'react';
import { ask } from '#api/browser.ts';

type Availability = OperationAnswer<'hostnames.check'>;
const QUIET_MS = 250;

const PROBLEMS = {
  malformed: 'An address has letters, digits and hyphens, at most 63, and no hyphen at an end.',
  reserved: 'Weir keeps this name for itself.',
  punycode: 'An address cannot start with xn--.',
} as const;

/** Whether a hostname is free: malformed ones are known at once, the rest is asked. `null` while unknown. */
export function useAvailability(hostname: string): Availability | null {
  const [answer, setAnswer] = useState<Availability | null>(null);
  const problem = hostname === '' ? undefined : hostnameProblem(hostname);
  useEffect(() => {
    if (hostname === '' || problem) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      ask<'hostnames.check'>({ operation: 'hostnames.check', method: 'GET', path: `/hostnames/${encodeURIComponent(hostname)}`, signal: leaving.signal })
        .then(setAnswer)
        .catch(() => {
          // Unknown is no obstacle: the control plane decides when the form is sent.
          if (!leaving.signal.aborted) setAnswer(null);
        });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [hostname, problem]);
  if (problem) return { hostname, available: false, reason: PROBLEMS[problem], suggestion: null };
  return answer?.hostname === hostname ? answer : null;
}
