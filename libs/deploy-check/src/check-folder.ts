import { decodeText, isPlanFile, planBuild, type TreeFile } from '@weir/build-plan';
import { judge, readSource, type CheckedSource } from './check-source.ts';
import type { Python } from './python.ts';
import type { Report } from './report.ts';
import type { Finding } from './rules.ts';

/** What the check says of a folder that is not deployed: nothing is installed, so what depends on versions is left out. */
export interface FolderCheck {
  /** What would be run; `null` where that cannot be told, and then only secrets were looked for. */
  readonly entryFile: string | null;
  readonly findings: readonly Finding[];
  readonly skipped: Report['skipped'];
  /** Where the rules about code broke off, if they did. */
  readonly broken: string | null;
}

/** The newest of these is as good as any: nothing is installed. */
const PYTHONS = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/**
 * Checks files that were read from a folder.
 *
 * @param sizes of all files of the repository, by path
 * @param contents of those that are read
 */
export async function checkFolder(sizes: ReadonlyMap<string, number>, contents: ReadonlyMap<string, Buffer>, entryFile: string | null, python: Python): Promise<FolderCheck> {
  const files = new Map<string, TreeFile>();
  for (const [path, size] of sizes) {
    const text = isPlanFile(path, size) ? decodeText(contents.get(path) ?? Buffer.alloc(0)) : undefined;
    files.set(path, { size, ...(text !== undefined && { text }) });
  }
  const answer = planBuild({ files }, { entryFile, python: null, pythons: PYTHONS, defaultPython: '3.11' });
  const plan = answer.ok ? answer.plan : undefined;
  const source: CheckedSource = { tree: { files }, contents, entryFile: plan?.entryFile ?? '', framework: plan?.framework ?? null, dependencies: plan?.dependencies ?? { kind: 'none' } };
  const report = await readSource(source, python);
  return { entryFile: plan?.entryFile ?? null, findings: judge(report, source, null), skipped: report.skipped, broken: report.broken };
}
