import { WITH_PKG_RESOURCES } from './pkg-resources.ts';
import { staysBelow } from './version-range.ts';

/** A release that needs something older than what it asks for. */
interface Row {
  readonly name: string;
  /** The first release that is free of it. */
  readonly below: string;
  /** What it needs, and the first release of that which it cannot do with. */
  readonly needs: readonly [name: string, under: string];
  readonly because: string;
}

const NUMPY_1 = ['numpy', '2'] as const;
const COMPILED = 'it was compiled for NumPy 1';

/**
 * What old releases need and do not say, because the release that broke them came later. Streamlit first,
 * because it decides for the others. Each row was found by installing and starting (see docs/build-plan.md).
 */
const ROWS: readonly Row[] = [
  { name: 'streamlit', below: '0.86', needs: ['numpy', '1.24'], because: 'it uses numpy.bool' },
  { name: 'streamlit', below: '1.9', needs: ['click', '8.1'], because: 'it uses click.get_os_args' },
  { name: 'streamlit', below: '1.10', needs: ['protobuf', '3.21'], because: 'its messages were generated for protobuf 3' },
  { name: 'streamlit', below: '1.20', needs: ['altair', '5'], because: 'it imports altair.vegalite.v4' },
  { name: 'streamlit', below: '1.20', needs: ['pandas', '3'], because: 'its tables cannot show the text columns of pandas 3' },
  { name: 'streamlit', below: '1.46.1', needs: ['tornado', '6.5'], because: 'newer ones drop a viewer whose answer takes longer than a second' },
  { name: 'streamlit', below: '1.37', needs: NUMPY_1, because: 'it was made before NumPy 2' },
  { name: 'statsmodels', below: '0.14.5', needs: ['scipy', '1.16'], because: 'it imports what newer ones lack' },
  { name: 'statsmodels', below: '0.14.6', needs: ['pandas', '3'], because: 'it was made before pandas 3' },
  { name: 'pandas', below: '2.1', needs: NUMPY_1, because: COMPILED },
  { name: 'scikit-learn', below: '1.3.1', needs: NUMPY_1, because: COMPILED },
  { name: 'matplotlib', below: '3.7.3', needs: NUMPY_1, because: COMPILED },
  { name: 'seaborn', below: '0.12', needs: ['matplotlib', '3.9'], because: 'it uses matplotlib.cm.register_cmap' },
  { name: 'shapely', below: '2.0.3', needs: NUMPY_1, because: COMPILED },
  { name: 'pywavelets', below: '1.5', needs: NUMPY_1, because: COMPILED },
  { name: 'opencv-python', below: '4.10', needs: NUMPY_1, because: COMPILED },
  { name: 'opencv-python-headless', below: '4.10', needs: NUMPY_1, because: COMPILED },
  { name: 'numpy', below: '2', needs: ['pyarrow', '26'], because: 'newer ones need NumPy 2' },
];

/** NumPy 1 exists for no newer Python: there, what is older than it is left to its luck. */
const ONLY_WHERE: Readonly<Record<string, string>> = { numpy: 'python_version < "3.13"', pyarrow: 'python_version < "3.13"' };

/** Releases that import pkg_resources and do not ask for the package it is in. */
const NEEDS_PKG_RESOURCES = '1.6';

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
  const streamlit = versions.get('streamlit') ?? '';
  const needed = neededBy(new Map(versions), (name) => (versions.get(name) ?? '') !== '');
  const added = companionsOf(versions).requirements;
  return {
    constraints: needed.map(({ name, requirement }) => (name in ONLY_WHERE ? `${requirement} ; ${ONLY_WHERE[name]}` : requirement)),
    added,
    python: PYTHONS.find(([below]) => staysBelow(streamlit, below))?.[1] ?? null,
    notes: [
      ...needed.map(({ requirement, why }) => `Held to ${requirement}, because of ${why}.`),
      ...companionsOf(versions).notes,
    ],
  };
}

/** What an old release imports and does not ask for, because every environment had it in its time. */
export function companionsOf(versions: ReadonlyMap<string, string>): { requirements: string[]; notes: string[] } {
  const streamlit = versions.get('streamlit') ?? '';
  if (!staysBelow(streamlit, NEEDS_PKG_RESOURCES) || versions.has('setuptools')) return { requirements: [], notes: [] };
  return { requirements: [WITH_PKG_RESOURCES], notes: [`${WITH_PKG_RESOURCES} is installed too: streamlit${streamlit} imports pkg_resources and does not ask for it.`] };
}

/**
 * What was resolved and does not fit together, though nothing says so: it is to be installed again, older.
 *
 * @param keeps packages that stay as they are
 * @param installed every package with its version, as `==1.2.3`
 */
export function misfitsAmong(installed: ReadonlyMap<string, string>, keeps: readonly string[]): { requirements: string[]; notes: string[] } {
  const needed = neededBy(new Map(installed), (name) => keeps.includes(name) || !installed.has(name));
  return { requirements: needed.map(({ requirement }) => requirement), notes: needed.map(({ requirement, why }) => `Installed again as ${requirement}, because of ${why}.`) };
}

interface Need {
  readonly name: string;
  /** Such as `numpy<2`. */
  readonly requirement: string;
  readonly why: string;
}

/** @param known what is known of versions; what is needed is added to it, for one need leads to another */
function neededBy(known: Map<string, string>, stands: (name: string) => boolean): Need[] {
  return ROWS.flatMap(({ name, below, needs: [held, under], because }) => {
    const version = known.get(name) ?? '';
    if (!staysBelow(version, below) || stands(held) || staysBelow(known.get(held) ?? '', under)) return [];
    known.set(held, `<${under}`);
    return [{ name: held, requirement: `${held}<${under}`, why: `${name}${version}: ${because}` }];
  });
}
