import { type Diagnoser, type Diagnosis, type FailureFacts, fileOf, findLine, whereIs } from './failure-facts.ts';
import { packagesForHeader } from './system-libraries.ts';

const bare = (requirement: string): string => /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;

/** The package that uv was building from source when it failed. */
const builtPackage = ({ log }: FailureFacts): { name: string; index: number } | undefined => {
  const found = findLine(log, /Failed to (?:download and )?build `([^`]+)`/);
  return found && { name: found.match[1]!.replace(/ @ .*$/, ''), index: found.index };
};

const renamed: Diagnoser = (facts) => {
  const hint = findLine(facts.log, /Did you mean to install `([^`]+)` instead/);
  const built = builtPackage(facts);
  if (!hint || !built) return undefined;
  return { code: 'build.package_renamed', message: `${bare(built.name)} (${whereIs(facts.plan, bare(built.name))}) is not the package that is meant.`, hint: `Write “${hint.match[1]}” instead.`, line: built.index };
};

const flatLayout: Diagnoser = (facts) => {
  const found = findLine(facts.log, /Multiple top-level (?:packages|modules) discovered in a flat-layout/);
  if (!found) return undefined;
  return { code: 'build.package_build_failed', message: 'The project itself cannot be built: setuptools found several folders and does not know which one is the package.', hint: 'Remove [build-system] from pyproject.toml if the app is not a package, or name the packages under [tool.setuptools].', line: found.index };
};

const NEEDED: readonly RegExp[] = [
  /fatal error: ['"]?([\w./+-]+\.h(?:pp)?)['"]?:? (?:No such file|file not found)/,
  /\b(pg_config|mysql_config|curl-config|krb5-config|xml2-config|gdal-config|llvm-config) (?:executable )?(?:is )?not found/i,
  /Command 'pkg-config --exists ([\w.+-]+)' returned non-zero/,
  /[Pp]ackage ['`]?([\w.+-]+)['`]?(?:, required by '[^']*',)? (?:was )?not found in the pkg-config search path/,
  /(?:unable to execute|command) '(?:[\w/.-]*\/)?(?:[\w]+-linux-gnu-)?(gcc|g\+\+|cc|c\+\+|clang|gfortran|cmake|swig|make|rustc|cargo)'(?: failed)?: No such file/,
  /\b(?:can't find|cannot find|could not find|Unable to find|Failed to find) (?:a )?(rust|cargo|cmake|gfortran|compiler)\b/i,
  /Unknown compiler\(s\): \[\['?(\w+)/,
  /\b(CMake) must be installed/,
  /error: can't find (Rust) compiler/,
  /cargo, the (Rust) package manager, is not installed/,
];

const WITHOUT_SOURCE: Record<string, string> = { psycopg2: 'psycopg2-binary', 'opencv-python': 'opencv-python-headless' };

const compilerMissing: Diagnoser = (facts) => {
  for (const pattern of NEEDED) {
    const found = findLine(facts.log, pattern);
    if (!found) continue;
    const built = builtPackage(facts)?.name ?? 'A package';
    return { code: 'build.compiler_missing', message: `${built} has no wheel for this Python and cannot be compiled: ${found.match[1]} is missing.`, hint: compileHint(bare(built), found.match[1]!), line: found.index };
  }
  return undefined;
};

function compileHint(name: string, missing: string): string {
  const other = WITHOUT_SOURCE[name];
  if (other !== undefined) return `Use “${other}” instead of “${name}”: it needs no compiler.`;
  if (/^(rust|rustc|cargo)$/i.test(missing)) return `Ask for a newer version of ${name}, which has a wheel, or add rustc and cargo to packages.txt.`;
  if (/^(cmake|swig|gfortran|make)$/i.test(missing)) return `Ask for a newer version of ${name}, which has a wheel, or add ${missing.toLowerCase()} and build-essential to packages.txt.`;
  const packages = packagesForHeader(missing);
  if (packages !== undefined) return `Add “${packages} build-essential” to packages.txt.`.replace('build-essential build-essential', 'build-essential');
  return /\.h(pp)?$/.test(missing) ? `Add the Debian package that has ${missing} to packages.txt, with build-essential.` : `Ask for a newer version of ${name}, which has a wheel, or add build-essential to packages.txt.`;
}

const buildFailed: Diagnoser = (facts) => {
  const built = builtPackage(facts);
  if (!built) return undefined;
  const rest = facts.log.slice(built.index + 1);
  const cause = rest.findLast((line) => /^\s*(?:error: |fatal: |\w*(?:Error|Exception): )/.test(line))?.trim() ?? rest.find((line) => /^\s*cause: (?!The build backend|Call to|Failed to parse)/.test(line))?.trim().slice(7);
  const python = facts.plan ? ` on Python ${facts.plan.python}` : '';
  const reason = cause === undefined ? '' : `: ${cause.slice(0, 200).replace(/[.:]+$/, '')}`;
  return { code: 'build.package_build_failed', message: `${built.name} (${whereIs(facts.plan, bare(built.name))}) could not be built from source${reason}.`, hint: `It probably has no wheel${python}: ask for a newer version of ${bare(built.name)}, or choose an older Python.`, line: built.index };
};

const gitFailed: Diagnoser = ({ log, plan, phase }) => {
  const missing = findLine(log, /Git executable not found/);
  const failed = missing ?? (phase === 'fetch' ? undefined : findLine(log, /Git operation failed/));
  if (!failed) return undefined;
  const url = findLine(log, /git fetch .*?'?(https?:\/\/[^\s']+)|Updating (\S+)/)?.match.slice(1).find(Boolean);
  const message = `A dependency of ${fileOf(plan)} could not be fetched with Git${url === undefined ? '' : `: ${url}`}.`;
  return { code: 'build.git_dependency_failed', message, hint: missing ? 'Depend on a release from the index, or on an archive of the tag (…/archive/TAG.tar.gz): builds have no Git.' : 'Check the URL and the branch or tag; a private repository cannot be reached while building.', line: failed.index };
};

const simple = (code: string, pattern: RegExp, say: (match: RegExpExecArray, facts: FailureFacts) => Pick<Diagnosis, 'message' | 'hint'>): Diagnoser => (facts) => {
  const found = findLine(facts.log, pattern);
  return found && { code, ...say(found.match, facts), line: found.index };
};

const hashMismatch = simple('build.hash_mismatch', /Hash mismatch for `([^`]+)`|In `--require-hashes` mode/, ([, name], { plan }) => ({
  message: `${name ?? 'A package'} is not the file whose hash ${fileOf(plan)} gives.`,
  hint: 'Make the file with the hashes anew (for example “uv pip compile --generate-hashes”), or remove the hashes.',
}));

const localMissing = simple('build.local_package_missing', /Distribution not found at: (\S+)|`?([^\s`]+)`? does not appear to be a Python project|Source distribution not found at: (\S+)/, (match, { plan }) => ({
  message: `${fileOf(plan)} asks for a local package that is not there: ${match.slice(1).find(Boolean) ?? ''}.`,
  hint: 'Paths start at the root of the repository, and the folder needs a pyproject.toml or setup.py; replace paths of your own computer by package names.',
}));

const lockOutdated = simple('build.lock_unusable', /(?:Failed to parse|Unable to find lockfile at|lockfile .* needs to be updated|unsupported lockfile|The lockfile at).*uv\.lock|Unable to find lockfile/, () => ({
  message: 'uv.lock cannot be used.',
  hint: 'Run “uv lock” and commit the result.',
}));

const downloadFailed = simple('build.download_failed', /HTTP status client error \((\d+ [\w ]+)\) for url \(([^)]+)\)/, ([, status, url]) => ({
  message: `The address ${url} answered ${status}.`,
  hint: 'Check the URL in the dependency file; a private address needs a token that builds do not have.',
}));

const indexUnreachable = simple('build.index_unreachable', /Failed to fetch: `?(https?:\/\/[^\s`]+)|error sending request for url \(([^)]+)\)|dns error|Temporary failure (?:in name resolution|resolving)|Could not resolve host|Could not connect to|Connection refused|invalid peer certificate|HTTP status server error/, (match) => ({
  message: `The package index could not be reached${match[1] ?? match[2] ? `: ${match[1] ?? match[2]}` : ''}.`,
  hint: 'Deploy again in a moment; if it stays so, ask the operator to check the index, the proxy and the certificates of this installation.',
}));

const systemPackage = simple('build.system_package_not_found', /E: (?:Unable to locate package (\S+)|Package '(\S+)' has no installation candidate|Couldn't find any package by (?:glob|regex) '([^']+)')/, (match) => ({
  message: `There is no apt package “${match.slice(1).find(Boolean) ?? ''}” (packages.txt).`,
  hint: 'Look the name up at packages.debian.org for the Debian release of the base image; Python packages belong in requirements.txt.',
}));

const unreadable = simple('plan.requirements_unreadable', /Couldn't parse requirement in `([^`]+)`|Failed to parse: `?(\S*pyproject\.toml)/, (match) => ({
  message: `${match[1] ?? match[2]} has a line that cannot be read.`,
  hint: 'Correct the line shown: one package a line, such as “pandas>=2,<3”.',
}));

/** Failures of installing, most telling first. */
export const installDiagnosers: readonly Diagnoser[] = [
  systemPackage, renamed, flatLayout, compilerMissing, gitFailed, hashMismatch, localMissing, buildFailed, lockOutdated, unreadable, downloadFailed, indexUnreachable,
];
