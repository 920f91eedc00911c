import { type Diagnoser, type Diagnosis, type FailureFacts, fileOf, findLine, whereIs } from './failure-facts.ts';
import { adviceFor } from './package-names.ts';
import { clash, type Dependency, resolverReport } from './resolver-report.ts';

const packageNotFound: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = /([\w.-]+) was not found in the (?:package registry|provided package locations|cache)/.exec(report?.text ?? '')?.[1];
  if (report === undefined || name === undefined) return undefined;
  const parent = new RegExp(`(\\S+) depends on ${name.replaceAll('.', '\\.')}\\b`).exec(report.text)?.[1];
  const message = parent === undefined ? `There is no package “${name}” (${whereIs(plan, name)}).` : `${parent} needs a package “${name}”, which does not exist on the index.`;
  return { code: 'build.package_not_found', message, hint: adviceFor(name), line: report.index };
};

/** `cp310` means Python 3.10. */
const pythonsOf = (hint: string): string[] => [...hint.slice(hint.indexOf('tags:')).matchAll(/`cp3(\d+)m?`/g)].map(([, minor = '']) => Number(minor)).sort((a, b) => a - b).map((minor) => `3.${minor}`);

const pythonMismatch: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const python = plan?.python ?? /current Python version \((\d+\.\d+)/.exec(report?.text ?? '')?.[1] ?? 'this Python';
  const wants = /(\S+) depends on Python(\S+)/.exec(report?.text ?? '');
  if (report && wants && /current Python version \([\d.]+\) does not satisfy/.test(report.text)) {
    const range = (wants[2] ?? '').replace(/[,.]+$/, '');
    return mismatch(`${wants[1]} (${whereIs(plan, wants[1] ?? '')}) needs Python ${range}, and the app runs on ${python}.`, `Choose a Python ${range} in the app's settings, or ask for a version of the package that supports ${python}.`, report.index);
  }
  const abi = /(?:Because|and) (\S+) has no wheels with a matching Python (?:ABI|version|implementation) tag/.exec(report?.text ?? '');
  if (report && abi) {
    const tags = pythonsOf(findLine(log, /we only found wheels for/)?.match.input ?? '');
    const only = tags.length > 0 ? `Python ${tags.join(', ')}` : 'other Pythons';
    return mismatch(`${abi[1]} (${whereIs(plan, abi[1] ?? '')}) is made for ${only} only, and the app runs on ${python}.`, `Ask for a newer version of the package, or choose ${tags.length > 0 ? `Python ${tags.at(-1)}` : 'another Python'} in the app's settings.`, report.index);
  }
  const project = findLine(log, /interpreter resolved to Python ([\d.]+), which is incompatible with the project's Python requirement: `([^`]+)`/);
  if (project) return mismatch(`The project asks for Python ${project.match[2]}, and the app runs on ${python}.`, "Choose a fitting Python in the app's settings.", project.index);
  const setup = findLine(log, /Cannot install on Python version ([\d.]+); only versions (\S+) are supported/);
  if (setup) {
    const built = findLine(log, /Failed to (?:download and )?build `([^`]+)`/)?.match[1] ?? 'A package';
    return mismatch(`${built} supports only Python ${setup.match[2]}, and the app runs on ${python}.`, 'Ask for a newer version of the package (or of the one that needs it), or choose an older Python.', setup.index);
  }
  return undefined;
};

const mismatch = (message: string, hint: string, line: number): Diagnosis => ({ code: 'build.python_mismatch', message, hint, line });
const nameOnly = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;

const platformMismatch: Diagnoser = ({ log, plan }) => {
  const report = resolverReport(log);
  const name = /(?:Because|and) (\S+) has no wheels with a matching platform tag/.exec(report?.text ?? '')?.[1];
  if (!report || name === undefined) return undefined;
  const bare = nameOnly(name);
  const windows = log.some((line) => /Wheels are available for/.test(line) && /`win/.test(line));
  return {
    code: 'build.platform_mismatch',
    message: `${name} (${whereIs(plan, name)}) ${windows ? 'exists for Windows only' : 'does not exist for this platform'}; apps run on Linux.`,
    hint: `Remove it, or write “${bare} ; sys_platform == 'win32'” so that only Windows installs it.`,
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
  const asked = exact?.[2] ?? new RegExp(`you require ${name}(\\S+)`).exec(report.text)?.[1] ?? '';
  // “no version of x>1.2” is also said inside a conflict, where x>1.2 is merely what would have been another way out.
  if (!exact && clash(report)) return undefined;
  if (exact && !exact[2]?.startsWith('==') && clash(report)) return undefined;
  const newest = range?.[3];
  return {
    code: 'build.version_not_found',
    message: `There is no ${name}${asked.replace(/[,.]+$/, '')} (${whereIs(plan, name)})${newest === undefined ? '' : `; the newest is ${newest}`}.`,
    hint: newest === undefined ? `Ask for a version that exists, or write “${name}” alone for the newest that fits.` : `Ask for “${name}<=${newest}”, or write “${name}” alone.`,
    line: report.index,
  };
};

const demand = ({ from, asks }: Dependency, { plan }: FailureFacts): string => (from === 'you' ? `${whereIs(plan, asks)} asks for ${asks}` : `${from} needs ${asks}`);

const conflict: Diagnoser = (facts) => {
  const report = resolverReport(facts.log);
  if (!report) return undefined;
  const pair = clash(report);
  const message = pair ? `Two demands exclude each other: ${demand(pair.first, facts)}, but ${demand(pair.second, facts)}.` : `The versions that ${fileOf(facts.plan)} asks for exclude each other.`;
  const loose = pair ? nameOnly(pair.second.asks) : undefined;
  return { code: 'build.resolution_conflict', message, hint: loose === undefined ? 'Loosen one of the versions named in the log.' : `Loosen the version of ${loose}, or of the package that needs another one.`, line: report.index };
};

/** What uv says before it installs anything, most telling first. */
export const resolutionDiagnosers: readonly Diagnoser[] = [packageNotFound, pythonMismatch, platformMismatch, wheelMissing, versionNotFound, conflict];
