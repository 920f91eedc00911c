import type { AppView } from '@weir/contracts';
import { CirclePause, CirclePlay, CircleX, Loader, type LucideIcon, Moon, Sparkles, TriangleAlert, Wrench } from 'lucide-react';
import { StatusMark } from '#ui/status-mark.tsx';
import type { Tone } from '#ui/tone.ts';

type AppStatus = AppView['status'];

export const APP_STATUS_LOOKS: Record<AppStatus, { tone: Tone; icon: LucideIcon; word: string; sentence: string }> = {
  new: { tone: 'idle', icon: Sparkles, word: 'New', sentence: 'Nothing was deployed yet.' },
  deploying: { tone: 'working', icon: Wrench, word: 'Deploying', sentence: 'The first deployment is on its way.' },
  starting: { tone: 'working', icon: Loader, word: 'Starting', sentence: 'The release is starting; it takes visitors when it is healthy.' },
  live: { tone: 'ready', icon: CirclePlay, word: 'Live', sentence: 'Whoever opens the address sees the current release.' },
  asleep: { tone: 'idle', icon: Moon, word: 'Asleep', sentence: 'The next visitor wakes it.' },
  stopped: { tone: 'idle', icon: CirclePause, word: 'Stopped', sentence: 'Visitors see a page that says so, until it is started again.' },
  crashed: { tone: 'attention', icon: TriangleAlert, word: 'Crashed', sentence: 'The app exited by itself. The log says why.' },
  failed: { tone: 'failed', icon: CircleX, word: 'Failed', sentence: 'The deployment failed and there is no earlier release.' },
};

/** An app's state as a word, a colour and a sign. */
export function AppStatusMark({ status, boxed = false }: { readonly status: AppStatus; readonly boxed?: boolean }) {
  const { tone, icon, word } = APP_STATUS_LOOKS[status];
  return <StatusMark tone={tone} icon={icon} word={word} boxed={boxed} />;
}
