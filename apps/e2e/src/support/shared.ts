import { join } from 'node:path';
import { inject } from 'vitest';
import type { WorkTree } from './git.ts';
import { Installation } from './weir.ts';

/** The installation of this run. It may have other files' apps: give yours hostnames of their own. */
export const installation = new Installation(inject('platform'));

/** Puts a copy of a repository on the Git host; gives its address there. */
export async function publish(tree: WorkTree, name: string): Promise<string> {
  const { folder, url } = inject('gitHost');
  await tree.git('clone', '--quiet', '--bare', '.', join(folder, `${name}.git`));
  return `${url}/${name}.git`;
}
