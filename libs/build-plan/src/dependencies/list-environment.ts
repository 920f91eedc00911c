import { parse } from 'yaml';
import { PlanFailure } from '../plan-failure.ts';
import type { RepositoryTree } from '../repository-tree.ts';
import { normalName } from '../requirement-line.ts';
import { isTable, malformed, notText, type Table, textsIn } from '../toml.ts';
import { meaningOf } from './conda-names.ts';
import { type CondaSpec, readCondaSpec } from './conda-spec.ts';
import { type Listing, listing } from './listing.ts';

/** An `environment.yml`, as far as PyPI and Debian have what it names: there is no conda here. */
export function listEnvironment(tree: RepositoryTree, path: string): Listing {
  const text = tree.files.get(path)?.text;
  if (text === undefined) throw notText(path);
  const items = dependenciesOf(path, text);
  const specs = items.filter((item) => typeof item === 'string').map((item) => specOf(path, item));
  const python = specs.find(({ name }) => name === 'python');
  const found = specs.filter((spec) => spec !== python).map((spec) => ({ spec, meaning: meaningOf(spec.name) }));

  const packages = found.flatMap(({ meaning }) => (meaning.kind === 'debian' ? [meaning.name] : []));
  const namesOf = (kind: string): string[] => found.filter(({ meaning }) => meaning.kind === kind).map(({ spec }) => spec.name);
  return listing({
    lines: [...found.flatMap(({ spec, meaning }) => (meaning.kind === 'pypi' ? [`${meaning.name}${spec.versions}`] : [])), ...items.filter(isTable).flatMap((item) => textsIn(item, 'pip'))],
    packages,
    wish: python === undefined || python.versions === '' ? null : { range: python.versions, path },
    inputs: [[path, text]],
    notes: [
      `Packages of ${path} come from PyPI, because there is no conda here.`,
      ...found.flatMap(({ spec, meaning }) => (meaning.kind === 'pypi' && meaning.name !== normalName(spec.name) ? [`conda’s ${spec.name} is ${meaning.name} on PyPI.`] : [])),
      ...noteOf(namesOf('debian'), (names) => `Installed from Debian instead of conda: ${names}.`),
      ...noteOf(namesOf('part'), (names) => `Left out, because they belong to conda or come along with the Python packages that need them: ${names}.`),
      ...noteOf(namesOf('foreign'), (names) => `Left out, because they are not Python: ${names}. The app lacks them.`),
    ],
  });
}

const noteOf = (names: readonly string[], sentence: (names: string) => string): string[] => (names.length === 0 ? [] : [sentence(`${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`)]);

function dependenciesOf(path: string, text: string): readonly (string | Table)[] {
  let root: unknown;
  try {
    root = parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    throw malformed(path, 'YAML', error);
  }
  const list = isTable(root) ? root['dependencies'] : root;
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string' || isTable(item))) {
    throw new PlanFailure('plan.requirements_unreadable', `The dependencies of ${path} are not a list of names.`, 'Write “dependencies:” and below it one package a line, such as “- pandas=2.2”.');
  }
  return list;
}

function specOf(path: string, item: string): CondaSpec {
  const spec = readCondaSpec(item);
  if (spec) return spec;
  throw new PlanFailure('plan.requirements_unreadable', `“${item.slice(0, 80)}” in ${path} is not a package of conda.`, 'Write one package a line, such as “- pandas=2.2”; what pip installs belongs below “- pip:”.', `${path}: ${item}`);
}
