import type { InstanceView } from '@weir/contracts';
import { CircleCheck, CircleDot, CirclePause, CircleX, Clock, HeartCrack, Hourglass, type LucideIcon, Moon, TriangleAlert } from 'lucide-react';
import { StatusMark } from '#ui/status-mark.tsx';
import type { Tone } from '#ui/tone.ts';
import { type InstanceState, instanceState } from './instance-state.ts';

const LOOKS: Record<InstanceState, { tone: Tone; icon: LucideIcon; word: string }> = {
  pending: { tone: 'working', icon: Clock, word: 'Pending' },
  starting: { tone: 'working', icon: CircleDot, word: 'Starting' },
  waking: { tone: 'working', icon: CircleDot, word: 'Waking' },
  healthy: { tone: 'ready', icon: CircleCheck, word: 'Healthy' },
  unhealthy: { tone: 'attention', icon: HeartCrack, word: 'Unhealthy' },
  freezing: { tone: 'idle', icon: Moon, word: 'Freezing' },
  frozen: { tone: 'idle', icon: Moon, word: 'Frozen' },
  draining: { tone: 'working', icon: Hourglass, word: 'Draining' },
  stopping: { tone: 'idle', icon: CirclePause, word: 'Stopping' },
  stopped: { tone: 'idle', icon: CirclePause, word: 'Stopped' },
  crashed: { tone: 'attention', icon: TriangleAlert, word: 'Crashed' },
  failed: { tone: 'failed', icon: CircleX, word: 'Failed' },
};

/** An instance's state as a word, a colour and a sign. */
export function InstanceStatusMark({ instance }: { readonly instance: InstanceView }) {
  return <StatusMark {...LOOKS[instanceState(instance)]} />;
}
