import { VERSION } from '@weir/contracts/version';
import { checkFolder, type Finding, type FolderCheck, LocalPython, sarifOf } from '@weir/deploy-check';
import { Refusal } from '@weir/installation/refusal';
import { printable, table } from '../format.ts';
import { readFolder } from './read-folder.ts';

export interface CheckOptions {
  readonly entry?: string;
  readonly json?: boolean;
  readonly sarif?: boolean;
}

/** Prints what the check finds in a folder; a committed credential makes the command end with 2. */
export async function runCheck(folder: string, { entry, json, sarif }: CheckOptions): Promise<void> {
  const python = LocalPython.find();
  if (!python) throw new Refusal('check.no_python', 'The check needs python3, version 3.9 or newer, on this machine.');
  const { sizes, contents } = await readFolder(folder);
  if (entry !== undefined && !sizes.has(entry)) throw new Refusal('entry.not_found', `There is no ${entry} in ${folder}.`);
  const result = await checkFolder(sizes, contents, entry ?? null, python);
  process.stdout.write(`${sarif ? JSON.stringify(sarifOf(result.findings, VERSION)) : json ? JSON.stringify(result) : describeCheck(result)}\n`);
  process.exitCode = result.findings.some(({ severity }) => severity === 'error') ? 2 : 0;
}

/** One line for each place, then what each rule found asks for, said once. */
export function describeCheck({ entryFile, findings, skipped, broken }: FolderCheck): string {
  const lines = [
    ...(entryFile === null ? ['No script to run was found, so only secrets were looked for. --entry names it.'] : []),
    ...skipped.map(({ path, why }) => `Left out: ${path} (${{ syntax: 'Python cannot parse it', size: 'too large', time: 'out of time' }[why]})`),
    ...(broken === null ? [] : [`The rules about code broke off: ${broken}.`]),
  ];
  if (findings.length === 0) return [...lines, 'Nothing found.'].map(printable).join('\n');
  const places = table(['SEVERITY', 'PLACE', 'RULE', 'WHY'], findings.map(({ severity, path, line, rule, why }) => [severity, `${path}:${line}`, rule, why]));
  const fixes = [...new Map(findings.map((finding: Finding) => [finding.rule, finding.fix]))].map(([rule, fix]) => `  ${rule}: ${fix}`);
  return [...lines, places, '', 'What mends it:', ...fixes].map(printable).join('\n');
}
