import type { AppView } from '@weir/contracts';

/** An app's status for people. An app that never was live because its deployment was cancelled did not fail. */
export type ShownStatus = AppView['status'] | 'cancelled';

export const shownStatus = ({ status, deployment }: AppView): ShownStatus => (status === 'failed' && deployment?.status === 'cancelled' ? 'cancelled' : status);
