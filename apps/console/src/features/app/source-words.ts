import type { AppView } from '@weir/contracts';

/** Where an app's code comes from, as short as it stays clear: "github.com/acme/sales", "example: hello", "git push". */
export function sourceWords(source: AppView['source']): string {
  if (source.kind === 'git') return source.url.replace(/^https?:\/\//, '').replace(/\.git$/, '');
  return source.example === null ? 'git push' : `example: ${source.example}`;
}

export const shortCommit = (commit: string): string => commit.slice(0, 7);

/** The first line of a commit's message. */
export const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';
