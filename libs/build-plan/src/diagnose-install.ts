import { aptDiagnosers } from './diagnose-apt.ts';
import { compileDiagnosers } from './diagnose-compile.ts';
import { type Diagnoser, type Diagnosis, type FailureFacts, findLine } from './failure-facts.ts';
import { successorOf } from './package-names.ts';
import { causeOf, sourceBuild } from './source-build.ts';
import { wheelAdvice } from './wheel-advice.ts';
import { fileOf, originOf, whereIs } from './where-is.ts';

const renamed: Diagnoser = ({ log, plan }) => {
  const built = sourceBuild(log);
  const hint = findLine(log, /Did you mean to install `([^`]+)` instead/);
  const meant = hint?.match[1] ?? (built && successorOf(built.name));
  if (!built || meant === undefined) return undefined;
  return { code: 'build.package_renamed', message: `${built.name} (${whereIs(plan, built.requirement)}) is not the package that is meant.`, hint: `Write “${meant}” instead.`, line: built.index };
};

const flatLayout: Diagnoser = (facts) => {
  const found = findLine(facts.log, /Multiple top-level (?:packages|modules) discovered in a flat-layout/);
  if (!found) return undefined;
  return { code: 'build.package_build_failed', message: 'The project itself cannot be built: setuptools found several folders and does not know which one is the package.', hint: 'Remove [build-system] from pyproject.toml if the app is not a package, or name the packages under [tool.setuptools].', line: found.index };
};

/** Of a build that does not say why it ended, the end is shown. */
const LAST_LINES = 20;

const buildFailed: Diagnoser = (facts) => {
  const built = sourceBuild(facts.log);
  if (!built) return undefined;
  const { place, asked } = originOf(facts, built.requirement);
  const cause = causeOf(built);
  const python = facts.plan ? ` for Python ${facts.plan.python}` : '';
  const isOld = /No module named 'pkg_resources'|name 'CCompiler' is not defined|Missing parentheses in call to 'print'/.test(cause ?? '');
  const guess = isOld ? `It is older than today’s tools: ask for a newer version of ${asked}, or choose an older Python for which it has a wheel.` : `It probably has no wheel${python}: ask for a newer version of ${asked}, or choose an older Python.`;
  return { code: 'build.package_build_failed', message: `${built.requirement} (${place})${facts.wheels ? ` has no wheel${python} and` : ''} could not be built from source${cause === undefined ? '' : `: ${cause}`}.`, ...(wheelAdvice(facts, built.requirement) ?? { hint: guess }), line: built.cause?.index ?? built.ending.at(-LAST_LINES)?.index ?? built.index };
};

const gitFailed: Diagnoser = ({ log, plan, phase }) => {
  const missing = findLine(log, /Git executable not found/);
  const failed = missing ?? (phase === 'fetch' ? undefined : findLine(log, /Git operation failed/));
  if (!failed) return undefined;
  const url = findLine(log, /git fetch .*?'?(https?:\/\/[^\s']+)|Updating (\S+)/)?.match.slice(1).find(Boolean);
  const from = url === undefined ? '' : `: ${url}`;
  const ref = findLine(log, /couldn't find remote ref (?:refs\/(?:tags|heads)\/)?(\S+)/)?.match[1];
  if (ref !== undefined && !missing) return { code: 'build.git_dependency_failed', message: `A dependency of ${fileOf(plan)} asks for “${ref}”, which its Git repository does not have${from}.`, hint: 'Correct the branch, tag or commit after the “@”.', line: failed.index };
  const message = `A dependency of ${fileOf(plan)} could not be fetched with Git${from}.`;
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
  message: `${fileOf(plan)} asks for a local package that is not there: ${(match.slice(1).find(Boolean) ?? '').replace(/^(?:file:\/\/)?\/app\//, '')}.`,
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

const badToml = simple('plan.requirements_unreadable', /^\s*cause: (TOML parse error at line \d+, column \d+)/, ([, error]) => ({
  message: `A pyproject.toml that the installation reads cannot be read: ${error}.`,
  hint: 'Correct the line shown.',
}));

const unreadable = simple('plan.requirements_unreadable', /Couldn't parse requirement in `([^`]+)`|Failed to parse: `?(\S*pyproject\.toml)/, (match) => ({
  message: `${match[1] ?? match[2]} has a line that cannot be read.`,
  hint: 'Correct the line shown: one package a line, such as “pandas>=2,<3”.',
}));

/** Failures of installing, most telling first. */
export const installDiagnosers: readonly Diagnoser[] = [
  ...aptDiagnosers, renamed, flatLayout, ...compileDiagnosers, gitFailed, hashMismatch, localMissing, buildFailed, lockOutdated, unreadable, badToml, downloadFailed, indexUnreachable,
];
