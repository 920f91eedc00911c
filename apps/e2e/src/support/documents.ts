import type { Phase } from '@weir/domain';

/** What `deploy --json` prints. */
export interface DeployResult {
  readonly app: string;
  readonly hostname: string;
  readonly url: string;
  readonly deployment: string;
  readonly release: string | null;
  readonly status: 'live' | 'failed' | 'cancelled' | 'superseded';
  readonly commit: string | null;
  readonly failure: { readonly code: string; readonly phase: Phase; readonly message: string; readonly hint: string | null; readonly excerpt: string | null } | null;
  readonly phases: Partial<Record<Phase, number>>;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}
