import { staysBelow } from './version-range.ts';

/** A release that needs something older than what it asks for. */
interface Row {
  readonly name: string;
  /** The first release that is free of it. */
  readonly below: string;
  readonly holds: string;
  readonly because: string;
}

/**
 * What old releases need and do not say, because the release that broke them came later. Streamlit first,
 * because it decides for the others. Each row was found by installing and starting (see docs/build-plan.md).
 */
const ROWS: readonly Row[] = [
  { name: 'streamlit', below: '0.86', holds: 'numpy<1.24', because: 'it uses numpy.bool' },
  { name: 'streamlit', below: '1.9', holds: 'click<8.1', because: 'it uses click.get_os_args' },
  { name: 'streamlit', below: '1.10', holds: 'protobuf<3.21', because: 'its messages were generated for protobuf 3' },
  { name: 'streamlit', below: '1.20', holds: 'altair<5', because: 'it imports altair.vegalite.v4' },
  { name: 'streamlit', below: '1.20', holds: 'pandas<3', because: 'its tables cannot show the text columns of pandas 3' },
  { name: 'streamlit', below: '1.46.1', holds: 'tornado<6.5', because: 'newer ones drop a viewer whose answer takes longer than a second' },
  { name: 'streamlit', below: '1.37', holds: 'numpy<2', because: 'it was made before NumPy 2' },
  { name: 'pandas', below: '2.1', holds: 'numpy<2', because: 'it was compiled for NumPy 1' },
  { name: 'numpy', below: '2', holds: 'pyarrow<26', because: 'newer ones need NumPy 2' },
];

/** NumPy 1 exists for no newer Python: there, what is older than it is left to its luck. */
const ONLY_WHERE: Readonly<Record<string, string>> = { numpy: 'python_version < "3.13"', pyarrow: 'python_version < "3.13"' };

/** Releases that import pkg_resources and do not ask for the package it is in. */
const NEEDS_PKG_RESOURCES = '1.6';
const PKG_RESOURCES = 'setuptools<81';

/** Pythons for which old releases of Streamlit have all their packages. */
const PYTHONS: readonly (readonly [below: string, range: string])[] = [
  ['1.1', '<3.10'],
  ['1.37', '<3.13'],
];

export interface Compatibility {
  readonly constraints: readonly string[];
  /** What is installed along, because an old release needs it and does not ask for it. */
  readonly added: readonly string[];
  /** Pythons that the release is known to run on; `null` where it runs on any. */
  readonly python: string | null;
  readonly notes: readonly string[];
}

/** @param versions what the repository says of packages: that stands, and is never narrowed */
export function compatibilityOf(versions: ReadonlyMap<string, string>): Compatibility {
  const known = new Map(versions);
  const constraints: string[] = [];
  const notes: string[] = [];
  for (const { name, below, holds, because } of ROWS) {
    const [, held = '', range = ''] = /^([a-z]+)(.+)$/.exec(holds) ?? [];
    if (!staysBelow(known.get(name) ?? '', below) || (known.get(held) ?? '') !== '') continue;
    known.set(held, range);
    constraints.push(held in ONLY_WHERE ? `${holds} ; ${ONLY_WHERE[held]}` : holds);
    notes.push(`Held to ${holds}, because of ${name}${known.get(name)}: ${because}.`);
  }
  const streamlit = versions.get('streamlit') ?? '';
  const added = staysBelow(streamlit, NEEDS_PKG_RESOURCES) && !versions.has('setuptools') ? [PKG_RESOURCES] : [];
  if (added.length > 0) notes.push(`${PKG_RESOURCES} is installed too: streamlit${streamlit} imports pkg_resources and does not ask for it.`);
  return { constraints, added, python: PYTHONS.find(([below]) => staysBelow(streamlit, below))?.[1] ?? null, notes };
}
