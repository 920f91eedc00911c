import { isAptPackage } from '@weir/domain';
import { DOCKERFILE } from './dockerfile/read-dockerfile.ts';
import type { Said } from './dockerfile/stage.ts';
import { PlanFailure } from './plan-failure.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

const MAX_PACKAGES = 200;

/** A name of an apt package, and who asks for it. */
interface Asked {
  readonly name: string;
  /** Such as `Line 2 of packages.txt`. */
  readonly place: string;
  readonly excerpt: string | null;
}

interface WhoAsks {
  readonly entryDir: string;
  /** Of a Dockerfile. */
  readonly dockerfile: readonly Said[];
  /** Of the dependency file, which stand for parts that are no Python packages. */
  readonly dependencies: readonly string[];
  readonly dependencyFile: string | null;
  /** The names that the operator allows; `null`: all. */
  readonly allowed: readonly string[] | null;
}

/**
 * The apt packages that an app is given. `packages.txt` of the root and of the entry file's folder
 * may have several names on one line; `#` starts a comment.
 *
 * @throws PlanFailure naming the line that asks for what is no name, or not allowed
 */
export function readSystemPackages(tree: RepositoryTree, { entryDir, dockerfile, dependencies, dependencyFile, allowed }: WhoAsks): { packages: string[]; notes: string[] } {
  const paths = [...new Set(['packages.txt', inDir(entryDir, 'packages.txt')])].filter((path) => tree.files.has(path));
  const listed = paths.flatMap((path) => askedIn(path, tree.files.get(path)?.text));
  const asked = [
    ...listed,
    ...dockerfile.map(({ text, line }) => ({ name: text, place: `Line ${line} of ${DOCKERFILE}`, excerpt: null })),
    ...dependencies.map((name) => ({ name, place: dependencyFile ?? 'The dependency file', excerpt: null })),
  ];
  for (const each of asked) assertMayBe(each, allowed);
  const unique = [...new Set(listed.map(({ name }) => name))].sort();
  const packages = [...new Set(asked.map(({ name }) => name))].sort();
  if (packages.length > MAX_PACKAGES) throw new PlanFailure('plan.package_name_invalid', `${paths.join(' and ') || DOCKERFILE} asks for ${packages.length} packages; the limit is ${MAX_PACKAGES}.`, 'Keep only the packages the app needs.');
  const where = paths.join(' and ');
  const fromDockerfile = [...new Set(dockerfile.map(({ text }) => text))];
  return {
    packages,
    notes: [
      ...(paths.length === 0 ? [] : [unique.length === 0 ? `${where} names no packages.` : `apt packages from ${where}: ${unique.join(', ')}.`]),
      ...(fromDockerfile.length === 0 ? [] : [`apt packages from ${DOCKERFILE}: ${fromDockerfile.join(', ')}.`]),
    ],
  };
}

function askedIn(path: string, text: string | undefined): Asked[] {
  if (text === undefined || text.includes('\0')) throw new PlanFailure('plan.package_name_invalid', `${path} is not a text file.`, 'Save it as plain UTF-8 text with one apt package a line.');
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((line, index) => {
    const names = line.replace(/#.*$/, '').split(/\s+/).filter(Boolean);
    return names.map((name) => ({ name, place: `Line ${index + 1} of ${path}`, excerpt: `${path}:${index + 1}: ${line.trim()}` }));
  });
}

function assertMayBe({ name, place, excerpt }: Asked, allowed: readonly string[] | null): void {
  if (!isAptPackage(name)) {
    throw new PlanFailure('plan.package_name_invalid', `${place}: “${name.slice(0, 80)}” is not the name of an apt package.`, `apt packages are Debian’s, by their names alone, such as “libgl1”. Versions, URLs and options are not possible; Python packages belong in requirements.txt.`, excerpt);
  }
  if (allowed !== null && !allowed.includes(name)) {
    const some = allowed.slice(0, 20).join(', ');
    throw new PlanFailure('plan.package_not_allowed', `${place}: the operator of this installation does not allow the apt package “${name}”.`, `${allowed.length === 0 ? 'None is allowed' : `Allowed: ${some}${allowed.length > 20 ? ' …' : ''}`}. Remove it, or ask the operator to allow it.`, excerpt);
  }
}
