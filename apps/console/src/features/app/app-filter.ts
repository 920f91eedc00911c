import type { AppView } from '@weir/contracts';
import { sourceWords } from './source-words.ts';

/** The groups by which a list of apps is narrowed. */
export const APP_GROUPS = {
  all: { label: 'All', statuses: null },
  live: { label: 'Live', statuses: ['live'] },
  working: { label: 'Working', statuses: ['new', 'deploying', 'starting'] },
  attention: { label: 'Needs attention', statuses: ['failed', 'crashed'] },
  resting: { label: 'Resting', statuses: ['asleep', 'stopped', 'cancelled'] },
} as const satisfies Record<string, { label: string; statuses: readonly AppView['status'][] | null }>;

export type AppGroup = keyof typeof APP_GROUPS;

const inGroup = (app: AppView, group: AppGroup): boolean => (APP_GROUPS[group].statuses as readonly string[] | null)?.includes(app.status) ?? true;

/** A live app whose newest deployment failed also wants a look. */
const needsAttention = (app: AppView): boolean => app.deployment?.status === 'failed';

/** The apps of a group whose address, source or newest commit says every word of `query`. */
export function filterApps(apps: readonly AppView[], query: string, group: AppGroup): AppView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return apps.filter((app) => {
    if (!inGroup(app, group) && !(group === 'attention' && needsAttention(app))) return false;
    const text = [app.hostname, sourceWords(app.source), app.deployment?.commitMessage, app.deployment?.commitAuthor, app.deployment?.commit].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
