import { compareVersions } from '@weir/domain';
import { mismatch } from './diagnose-python.ts';
import type { Diagnoser, Diagnosis, FailureFacts } from './failure-facts.ts';
import { NAMELESS, type SourceBuild, sourceBuild } from './source-build.ts';
import { packagesForHeader } from './system-libraries.ts';
import { wheelAdvice } from './wheel-advice.ts';
import { originOf } from './where-is.ts';

/** What Python itself lost, and with which version: sources that use it are older than that. */
const LOST: readonly (readonly [pattern: RegExp, since: string])[] = [
  [/fatal error: longintrepr\.h/, '3.11'],
  [/invalid use of (?:undefined type|incomplete typedef) .{0,20}(?:_frame|PyFrameObject)/, '3.11'],
  [/No module named '(?:numpy\.)?distutils'/, '3.12'],
  [/has no member named .(?:ob_digit|curexc_type)\b/, '3.12'],
  [/too few arguments to function .{0,3}_PyLong_AsByteArray/, '3.13'],
  [/No module named 'imp'/, '3.12'],
  [/module 'pkgutil' has no attribute 'ImpImporter'/, '3.12'],
  [/module 'configparser' has no attribute 'SafeConfigParser'/, '3.12'],
];

const tooOld: Diagnoser = (facts) => {
  const built = sourceBuild(facts.log);
  const [, since] = LOST.find(([pattern]) => pattern.test(built?.cause?.text ?? '')) ?? [];
  if (!built?.cause || since === undefined) return undefined;
  const { place, asked } = originOf(facts, built.requirement);
  return mismatch(facts, {
    message: `${built.requirement} (${place}) is too old for Python ${facts.plan?.python ?? since} and cannot be built on it.`,
    instead: `ask for a newer version of ${asked}`,
    line: built.cause.index,
    suits: (python) => compareVersions(python, since) < 0,
    advice: wheelAdvice(facts, built.requirement),
  });
};

const TOOL = 'gcc|g\\+\\+|cc|c\\+\\+|clang|gfortran|cmake|swig|make|ninja|rustc|cargo|mpicc|autoconf|autoreconf|automake|libtoolize|bison|flex|nasm|javac|go|protoc|\\w+[-_]config';
const NEEDED: readonly RegExp[] = [
  /fatal error: ['"]?([\w./+-]+\.h(?:pp)?)['"]?:? (?:No such file|file not found)/,
  /\b((?:pg|mysql|mariadb|curl|krb5|xml2|xslt|gdal|llvm|geos|nc)[-_]config)(?:: not found| (?:executable |command )?(?:is )?not found)/i,
  /Command 'pkg-config --exists ([\w.+-]+)' returned non-zero/,
  /[Pp]ackage ['`]?([\w.+-]+)['`]?(?:, required by '[^']*',)? (?:was )?not found(?: in the pkg-config search path)?/,
  new RegExp(`(?:unable to execute|command) '(?:[\\w/.-]*/)?(?:\\w+-linux-gnu-)?(${TOOL})'(?: failed)?: No such file`),
  new RegExp(`No such file or directory: '(${TOOL})'`),
  /\b(?:can't find|cannot find|could not find|Unable to find|Failed to find) (?:a )?(rust|cargo|cmake|gfortran|compiler)\b/i,
  /Unknown compiler\(s\): \[\['?(\w+)/,
  /\b(CMake) (?:must be installed|is not installed)/,
  /ERROR: Dependency "([\w.+-]+)" not found/,
  /ERROR: Program '([\w.+-]+)' not found/,
  /\b(xmlsec1) is not installed or not in path/,
  /did not find (HDF5|netCDF\d?) headers/i,
  /The development files for (GTK\+) were not found/,
  /cargo, the (Rust) package manager, is not installed/,
  /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/,
  /Please make sure the (libxml2) and libxslt development packages are installed/,
];
/** An error that may be only the echo of what lies just above it. */
const VAGUE = /not find|not found|can't|cannot|could not|unable|missing|failed|no valid|non-zero|not installed|install/i;
const NEAR = 10;

/** What the build lacks: said by the error that ended it, or just above one that says no more than that something was not found. */
function lacking({ ending, cause }: SourceBuild): { what: string; index: number } | undefined {
  const near = ending.filter(({ index, text }) => cause === undefined || index === cause.index || (VAGUE.test(cause.text) && Math.abs(index - cause.index) <= NEAR) || (index > cause.index && /not f(?:ou|i)nd/i.test(text)));
  const asked = cause && /pkg-config/.test(cause.text) ? ending.filter(({ text }) => text.includes('pkg-config --exists')) : []; // said on another stream
  const own = cause ? [cause, ...near, ...asked] : near;
  for (const { text, index } of own) {
    const what = NEEDED.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined);
    if (what !== undefined) return { what, index };
  }
  return undefined;
}

/** What has neither the form of a file nor of a program is known to pkg-config only. */
const inWords = (what: string): string => (/\.(?:h(?:pp)?|so[\w.]*)$|config$/.test(what) || new RegExp(`^(?:${TOOL}|rust)$`, 'i').test(what) ? what : `the library ${what}`);

const WITHOUT_SOURCE = new Map(Object.entries({ psycopg2: 'psycopg2-binary', 'opencv-python': 'opencv-python-headless' }));

const compilerMissing: Diagnoser = (facts) => {
  const built = sourceBuild(facts.log);
  const lacks = built && lacking(built);
  if (!lacks) return undefined;
  const python = facts.plan ? `Python ${facts.plan.python}` : 'this Python';
  const message = `${built.requirement} (${originOf(facts, built.requirement).place}) has no wheel for ${python} and cannot be compiled: ${inWords(lacks.what)} is missing.`;
  return { code: 'build.compiler_missing', message, ...compileHint(facts, built, lacks.what), line: lacks.index };
};

function compileHint(facts: FailureFacts, { name, requirement }: SourceBuild, missing: string): Pick<Diagnosis, 'hint' | 'fix'> {
  const packages = packagesForHeader(missing);
  const advice = wheelAdvice(facts, requirement);
  if (advice) return packages === undefined ? advice : { ...advice, hint: `${advice.hint} Or add “${packages}” to packages.txt.` };
  const other = WITHOUT_SOURCE.get(name);
  if (other !== undefined) return { hint: `Use “${other}” instead of “${name}”: it needs no compiler.` };
  if (packages !== undefined) return { hint: `Add “${packages}” to packages.txt, or ask for a version of ${name} that has a wheel.` };
  const add = `Add the Debian package that has ${missing} to packages.txt`;
  return { hint: /\.h(pp)?$/.test(missing) ? `${add}.` : `${add}, or ask for a version of ${name} that has a wheel.` };
}

/** The compiler, not the app, was killed for want of memory. */
const KILLED = /Killed signal terminated program (\S+)|virtual memory exhausted|memory allocation of \d+ bytes failed|^\s*MemoryError\b/;

const compilerKilled: Diagnoser = (facts) => {
  const built = sourceBuild(facts.log);
  if (!built?.cause || !KILLED.test(built.cause.text)) return undefined;
  return { code: 'build.out_of_memory', message: `Building ${built.requirement} (${originOf(facts, built.requirement).place}) from source needs more memory than a build may use.`, hint: built.requirement === NAMELESS ? 'Build it with less memory, or ask the operator for more build memory.' : `Ask for a version of ${built.name} that has a wheel for this Python.`, line: built.cause.index };
};

/** Why a package could not be compiled, where that is certain. */
export const compileDiagnosers: readonly Diagnoser[] = [tooOld, compilerKilled, compilerMissing];
