import type { SourceView } from '@weir/contracts';
import type { z } from 'zod';

interface WantedSettings {
  readonly branch: string | undefined;
  readonly entryFile: string | undefined;
}

/** Where a deploy wants its app's code from. */
export type WantedSource = ({ readonly kind: 'git'; readonly url: string } & WantedSettings) | ({ readonly kind: 'builtin' } & WantedSettings);

/** Whether an app already has this source: the same repository, however its URL is written. */
export function isSameSource(existing: z.infer<typeof SourceView>, wanted: WantedSource): boolean {
  if (existing.kind !== 'git' || wanted.kind !== 'git') return existing.kind === wanted.kind;
  return normal(existing.url) === normal(wanted.url);
}

const normal = (text: string): string => (URL.parse(text)?.href ?? text).replace(/\/+$/, '').replace(/\.git$/, '');
