/** The Pythons that base images are looked for. */
export const PYTHONS: readonly string[] = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

const SUITES: Readonly<Record<string, readonly string[]>> = { '3.9': ['bullseye'], '3.11': ['bookworm'], '3.13': ['trixie'], '3.14': ['forky', 'sid'] };

/** Pythons that Debian carries: those a base image can be made of without any registry. */
export const DEBIAN_PYTHONS: readonly string[] = Object.keys(SUITES);

/** The Debian suites whose `python3` is this version, in the order in which they are tried. */
export const suitesOf = (python: string): readonly string[] => SUITES[python] ?? [];
