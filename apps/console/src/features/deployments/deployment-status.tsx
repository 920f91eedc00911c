import type { DeploymentView } from '@weir/contracts';
import { CircleCheck, CircleDot, CircleSlash, CircleX, Clock, History, Loader, type LucideIcon } from 'lucide-react';
import { StatusMark } from '#ui/status-mark.tsx';
import type { Tone } from '#ui/tone.ts';

type DeploymentStatus = DeploymentView['status'];

const LOOKS: Record<DeploymentStatus, { tone: Tone; icon: LucideIcon; word: string }> = {
  queued: { tone: 'working', icon: Clock, word: 'Queued' },
  building: { tone: 'working', icon: Loader, word: 'Building' },
  starting: { tone: 'working', icon: CircleDot, word: 'Starting' },
  live: { tone: 'ready', icon: CircleCheck, word: 'Live' },
  superseded: { tone: 'idle', icon: History, word: 'Superseded' },
  failed: { tone: 'failed', icon: CircleX, word: 'Failed' },
  cancelled: { tone: 'idle', icon: CircleSlash, word: 'Cancelled' },
};

/** A deployment's status as a word, a colour and a sign. */
export function DeploymentStatusMark({ status, boxed = false }: { readonly status: DeploymentStatus; readonly boxed?: boolean }) {
  return <StatusMark {...LOOKS[status]} boxed={boxed} />;
}
