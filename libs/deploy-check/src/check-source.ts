import { type Dependencies, installedVersion, type RepositoryTree } from '@weir/build-plan';
import { compareVersions, type FrameworkName } from '@weir/domain';
import { isChecked, isSecretsFile } from './checked-files.ts';
import { dependencyFindings } from './dependencies.ts';
import { startOf } from './program.ts';
import type { Python } from './python.ts';
import { readReport, type Report } from './report.ts';
import { type Finding, findingOf } from './rules.ts';

/** A repository as the check sees it. */
export interface CheckedSource {
  readonly tree: RepositoryTree;
  /** The files it may read, by path; those it does not want are left out. */
  readonly contents: ReadonlyMap<string, Buffer>;
  readonly entryFile: string;
  /** `null`: not known, and then no script is looked at for what reruns do. */
  readonly framework: FrameworkName | null;
  readonly dependencies: Dependencies;
}

/** Together, so that no repository makes the platform hold much of it twice. */
const MAX_SENT_BYTES = 16 * 2 ** 20;
/** From here on Streamlit takes `set_page_config` at any place. */
const ANY_ORDER_SINCE = '1.46';
const BY_SEVERITY = { error: 0, warning: 1, note: 2 } as const;

/** Reads the source with Python, running none of it. @throws what `python` throws, or if the answer is not the program's */
export async function readSource(source: CheckedSource, python: Python): Promise<Report> {
  const { tree, contents, entryFile, framework } = source;
  const sent = new Set<Buffer>(); // a link has its target's content
  const left: Report['skipped'] = [];
  const lines = [JSON.stringify({ entry: entryFile, framework: framework ?? '', paths: [...tree.files.keys()] })];
  let bytes = 0;
  for (const [path, content] of [...contents].toSorted(scriptsFirst)) {
    if (!isChecked(path, content.length) || sent.has(content)) continue;
    if (bytes + content.length > MAX_SENT_BYTES) {
      left.push({ path, why: 'size' });
      continue;
    }
    bytes += content.length;
    sent.add(content);
    lines.push(JSON.stringify({ path, source: content.toString('base64') }));
  }
  const { argv, stdin } = startOf(Buffer.from(`${lines.join('\n')}\n`));
  const report = readReport(await python.run(argv, stdin));
  return { ...report, skipped: [...report.skipped, ...left] };
}

const scriptsFirst = ([a]: readonly [string, Buffer], [b]: readonly [string, Buffer]): number => Number(b.endsWith('.py')) - Number(a.endsWith('.py'));

export const credentialsIn = (report: Report): Finding[] => report.findings.filter(({ rule }) => rule === 'committed_credential').map(({ rule, path, line, subject }) => findingOf(rule, path, line, subject));

/**
 * What the report means for this repository, the worst first.
 *
 * @param lock what was installed, as `uv pip freeze` says it; `null` where that is not known
 */
export function judge(report: Report, source: CheckedSource, lock: string | null): Finding[] {
  const streamlit = lock === null ? null : installedVersion(lock, 'streamlit');
  const ordered = streamlit !== null && compareVersions(streamlit, ANY_ORDER_SINCE) < 0;
  const found = report.findings.filter(({ rule }) => rule !== 'page_config_order' || ordered).map(({ rule, path, line, subject }) => findingOf(rule, path, line, subject));
  const files = [...source.contents.keys()].filter(isSecretsFile).map((path) => findingOf('secrets_file', path, 1, path));
  const all = [...found, ...files, ...(report.broken === null ? dependencyFindings(report.imports, { ...source, complete: report.skipped.length === 0 }, lock) : [])];
  return all.toSorted((a, b) => BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity] || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}
