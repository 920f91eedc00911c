/** What an app is written with, and the version of it that is installed, where that is known. */
export interface Framework {
  readonly name: string;
  readonly version: string | null;
}

/** What a health path answered. */
export interface HealthAnswer {
  readonly status: number;
  /** Without parameters, lower case; empty if none was given. */
  readonly contentType: string;
  readonly body: string;
}

/** How a framework's server behaves, as far as a platform in front of it must know. */
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

const saysOk = ({ status, contentType, body }: HealthAnswer): boolean => status === 200 && contentType === 'text/plain' && body.trim() === 'ok';

/** Any page will do: a server that answers without an error of its own is well. */
const answers = ({ status }: HealthAnswer): boolean => status < 500;

/** From 1.18, where everything moved below `/_stcore` (release notes 2023). */
const STREAMLIT: FrameworkProfile = {
  health: { path: '/_stcore/health', isWell: saysOk },
  sticky: true,
  streams: ['/_stcore/stream'],
  polls: ['/_stcore/health', '/_stcore/host-config', '/_stcore/allowed-message-origins'],
  hidden: ['/_stcore/metrics', '/_stcore/script-health-check'],
};

const UNKNOWN: FrameworkProfile = { health: { path: '/', isWell: answers }, sticky: true, streams: [], polls: [], hidden: [] };

/** The profile of a framework; of an unknown one, what holds for most. */
export function profileOf({ name }: Framework): FrameworkProfile {
  return name === 'streamlit' ? STREAMLIT : UNKNOWN;
}
