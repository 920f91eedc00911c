import type { AppView } from '@weir/contracts';
import { CirclePause, CirclePlay, CircleSlash, CircleX, Loader, type LucideIcon, Moon, Sparkles, TriangleAlert, Wrench } from 'lucide-react';
import { StatusMark } from '#ui/status-mark.tsx';
import type { Tone } from '#ui/tone.ts';

const LOOKS: Record<AppView['status'], { tone: Tone; icon: LucideIcon; word: string }> = {
  new: { tone: 'idle', icon: Sparkles, word: 'New' },
  deploying: { tone: 'working', icon: Wrench, word: 'Deploying' },
  starting: { tone: 'working', icon: Loader, word: 'Starting' },
  live: { tone: 'ready', icon: CirclePlay, word: 'Live' },
  asleep: { tone: 'idle', icon: Moon, word: 'Asleep' },
  stopped: { tone: 'idle', icon: CirclePause, word: 'Stopped' },
  crashed: { tone: 'attention', icon: TriangleAlert, word: 'Crashed' },
  failed: { tone: 'failed', icon: CircleX, word: 'Failed' },
  cancelled: { tone: 'idle', icon: CircleSlash, word: 'Cancelled' },
};

/** An app's state as a word, a colour and a sign. */
export function AppStatusMark({ app, boxed = false }: { readonly app: AppView; readonly boxed?: boolean }) {
  return <StatusMark {...LOOKS[app.status]} boxed={boxed} />;
}
