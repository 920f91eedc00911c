const SUITES: Readonly<Record<string, string>> = { '3.9': 'bullseye', '3.11': 'bookworm', '3.13': 'trixie', '3.14': 'sid' };

/** Pythons that Debian carries: those a base image can be made of without any registry. */
export const DEBIAN_PYTHONS: readonly string[] = Object.keys(SUITES);

/** The Debian suite whose `python3` is this version, if there is one. */
export const suiteOf = (python: string): string | undefined => SUITES[python];
