import { decodeText, planFilesMissing, type RepositoryTree } from '@weir/build-plan';

const MAX_FILES = 50;
const MAX_BYTES = 1_048_576;

/**
 * A commit's tree with the files that its requirements files include, whatever they are called.
 *
 * @param load gives a file's bytes
 */
export async function withIncluded({ files: read }: RepositoryTree, load: (path: string) => Promise<Buffer>): Promise<RepositoryTree> {
  const files = new Map(read);
  const asked = new Set<string>();
  for (;;) {
    const missing = planFilesMissing({ files }).filter((path) => !asked.has(path) && (files.get(path)?.size ?? 0) <= MAX_BYTES).slice(0, MAX_FILES - asked.size);
    if (missing.length === 0) return { files };
    for (const path of missing) {
      asked.add(path);
      const text = decodeText(await load(path));
      if (text !== undefined) files.set(path, { size: files.get(path)?.size ?? 0, text });
    }
  }
}
