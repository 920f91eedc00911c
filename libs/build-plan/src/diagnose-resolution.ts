import { type Diagnoser, type FailureFacts, findLine } from './failure-facts.ts';
import { adviceFor } from './package-names.ts';
import { pythonMismatch } from './diagnose-python.ts';
import { askedByYou, clash, type Dependency, resolverReport } from './resolver-report.ts';
import { askerOf, fileOf, isAdded, lineOf, whereIs } from './where-is.ts';

const MISSING = /([\w.-]+) was not found in the (?:package registry|provided package locations|cache)/;

/** A package that an index keeps back looks as if it did not exist. */
const indexRefused: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = MISSING.exec(report?.text ?? '')?.[1];
  const refused = findLine(log, /^hint: An index (?:URL )?\((\S+)\) (?:could not be queried due to a lack of valid authentication credentials \((\d+)|returned a (\d+))/);
  if (!report || name === undefined || !refused) return undefined;
  const [, url, unauthorised, status] = refused.match;
  return { code: 'build.index_refused', message: `The index ${url} refuses access (${unauthorised ?? status}), so “${name}” (${whereIs(plan, name)}) could not be looked up there.`, hint: 'Check the address of the index; one that wants a password needs a token in its address, or a mirror of the operator.', line: refused.index };
};

const packageNotFound: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = MISSING.exec(report?.text ?? '')?.[1];
  if (report === undefined || name === undefined) return undefined;
  const parent = new RegExp(`(\\S+) depends on ${name.replaceAll('.', '\\.')}\\b`).exec(report.text)?.[1];
  const message = parent === undefined ? `There is no package “${name}” (${whereIs(plan, name)}).` : `${parent} needs a package “${name}”, which does not exist on the index.`;
  return { code: 'build.package_not_found', message, hint: adviceFor(name), line: report.index };
};

const nameOnly = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;

const platformMismatch: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = /(?:Because|and) (\S+) has no wheels with a matching platform tag/.exec(report?.text ?? '')?.[1];
  if (!report || name === undefined) return undefined;
  const windows = log.some((line) => /Wheels are available for/.test(line) && /`win/.test(line));
  return {
    code: 'build.platform_mismatch',
    message: `${name} (${whereIs(plan, name)}) ${windows ? 'exists for Windows only' : 'does not exist for this platform'}; apps run on Linux.`,
    hint: `Remove it, or write “${name} ; sys_platform == 'win32'” so that only Windows installs it.`,
    line: report.index,
  };
};

const wheelMissing: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = /(?:Because|and) (\S+) has no usable wheels/.exec(report?.text ?? '')?.[1];
  if (!report || name === undefined) return undefined;
  return { code: 'build.wheel_missing', message: `${name} (${whereIs(plan, name)}) has no wheel for this Python, and building it from source is switched off.`, hint: `Ask for a newer version of ${nameOnly(name)}, or choose an older Python in the app's settings.`, line: report.index };
};

const versionNotFound: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  if (!report) return undefined;
  const exact = /there (?:is|are) no versions? of ([\w.-]+)(?:\[[^\]]*\])?([=<>!~][^\s]*)/.exec(report.text);
  const range = /only (?:the following versions of )?([\w.-]+?)(?: are available: \S+|(<=|==)(\S+) (?:is|are) available)/.exec(report.text);
  const name = exact?.[1] ?? range?.[1];
  if (name === undefined) return undefined;
  const asked = (exact?.[2] ?? new RegExp(`you require ${name.replaceAll('.', '\\.')}([=<>!~]\\S*)`).exec(report.text)?.[1] ?? '').replace(/[,.]+$/, '');
  // “no version of x>1.2” is also said inside a conflict, where x>1.2 is merely what would have been another way out.
  if (!exact && (asked === '' || clash(report))) return undefined;
  if (exact && !exact[2]?.startsWith('==') && clash(report)) return undefined;
  const newest = range?.[3];
  return {
    code: 'build.version_not_found',
    message: `There is no ${name}${asked} (${whereIs(plan, `${name}${asked}`)})${newest === undefined ? '' : `; the newest is ${newest}`}.`,
    hint: versionHint(name, asked, newest),
    line: report.index,
  };
};

function versionHint(name: string, asked: string, newest: string | undefined): string {
  const local = /^(==[^+]+)\+/.exec(asked)?.[1];
  if (local !== undefined) return `Write “${name}${local}”: versions with a “+” are not on the index.`;
  const known = newest !== undefined && !/[a-z]/.test(newest);
  return known ? `Ask for “${name}<=${newest}”, or write “${name}” alone.` : `Ask for a version that exists, or write “${name}” alone for the newest that fits.`;
}

function demand({ from, asks }: Dependency, { plan }: FailureFacts): string {
  if (from === 'you') return `${askerOf(plan, asks)} asks for ${asks}`;
  const by = lineOf(plan, from) ?? (isAdded(plan, from) ? 'which the platform adds' : undefined);
  return `${from}${by === undefined ? '' : ` (${by})`} needs ${asks}`;
}

const conflict: Diagnoser = (facts) => {
  const report = resolverReport(facts.log);
  if (!report) return undefined;
  const pair = clash(report);
  const asked = askedByYou(report).map((asks) => `${asks} (${askerOf(facts.plan, asks)})`);
  const together = asked.length > 1 ? `${asked.slice(0, -1).join(', ')} and ${asked.at(-1)}` : `the versions that ${fileOf(facts.plan)} asks for`;
  const message = pair ? `Two demands exclude each other: ${demand(pair.first, facts)}, but ${demand(pair.second, facts)}.` : `No set of versions meets ${together} together.`;
  const loose = pair ? nameOnly(pair.second.asks) : undefined;
  return { code: 'build.resolution_conflict', message, hint: loose === undefined ? 'Loosen one of the versions named in the log.' : `Loosen the version of ${loose}, or of the package that needs another one.`, line: report.index };
};

/** What uv says before it installs anything, most telling first. */
export const resolutionDiagnosers: readonly Diagnoser[] = [indexRefused, packageNotFound, pythonMismatch, platformMismatch, wheelMissing, versionNotFound, conflict];
