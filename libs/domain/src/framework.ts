/** What an app is written with, and the version of it that is installed, where that is known. */
export interface Framework {
  readonly name: string;
  readonly version: string | null;
}

/** What a health path answered. */
export interface HealthAnswer {
  readonly status: number;
  /** Its first kilobyte, at least. */
  readonly body: string;
}

/**
 * How a framework's server behaves, as far as a platform in front of it must know.
 *
 * Paths are compared by {@link matchesPath}.
 */
export interface FrameworkProfile {
  readonly health: { readonly path: string; readonly isWell: (answer: HealthAnswer) => boolean };
  /** Sessions live in one process's memory, so a browser must come back to its own instance. */
  readonly sticky: boolean;
  /** Paths whose WebSocket or event stream is a viewer's session. */
  readonly streams: readonly string[];
  /** Paths that open tabs ask by themselves, again and again: no sign of a person. */
  readonly polls: readonly string[];
  /** Paths for the platform's eyes, never for visitors'. */
  readonly hidden: readonly string[];
}

/** Whether a path, without its query, is one of `patterns`; in those, `*` is any one part between slashes. */
export function matchesPath(patterns: readonly string[], path: string): boolean {
  if (patterns.includes(path)) return true;
  const parts = path.split('/');
  return patterns.some((pattern) => {
    if (!pattern.includes('*')) return false;
    const wanted = pattern.split('/');
    return wanted.length === parts.length && wanted.every((part, i) => part === parts[i] || (part === '*' && parts[i] !== ''));
  });
}
