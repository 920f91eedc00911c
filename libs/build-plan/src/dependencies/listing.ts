/** A range of Python versions (PEP 440), and the file that says so. */
export interface PythonRange {
  readonly range: string;
  readonly path: string;
}

/** What a dependency file asks for, in the words of a requirements file: the one form that the others are translated to. */
export interface Listing {
  /** Paths of includes start at the file's folder, all others at the root, as in any requirements file. */
  readonly lines: readonly string[];
  /** Arguments by which the installer reads the file itself, where it can; the lines are the same in our words. */
  readonly native: readonly string[] | null;
  /** The versions that a lock file holds them to, also of what they bring along. */
  readonly locked: readonly string[];
  /** The lines are all that is to be installed, each in its exact version. */
  readonly complete: boolean;
  /** The installer copies files of the repository. */
  readonly copiesSource: boolean;
  /** apt packages that stand for parts of it that are no Python packages. */
  readonly packages: readonly string[];
  /** What the project demands. */
  readonly requires: readonly PythonRange[];
  /** What it was made with. */
  readonly wish: PythonRange | null;
  /** What the files that a lock names were made for. */
  readonly wheels: readonly PythonRange[];
  /** The files that it was read from. */
  readonly inputs: readonly (readonly [path: string, text: string])[];
  readonly notes: readonly string[];
}

const EMPTY: Listing = { lines: [], native: null, locked: [], complete: false, copiesSource: false, packages: [], requires: [], wish: null, wheels: [], inputs: [], notes: [] };

/** A listing of what is given; of everything else, nothing. */
export const listing = (parts: Partial<Listing>): Listing => ({ ...EMPTY, ...parts });
