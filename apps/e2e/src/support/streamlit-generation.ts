/** What changed in Streamlit's protocol from one version to another, as far as a client meets it. */
export interface StreamlitGeneration {
  /** The first version, major and minor, that is so. */
  readonly from: readonly [number, number];
  /** What the front end asks before it connects. */
  readonly pings: readonly string[];
  readonly streamPath: string;
  /** What the front end offers as subprotocols; a session id makes it a reconnect. */
  readonly subprotocols: (xsrf: string, session: string | undefined) => string[];
  readonly xsrfCookie: string;
  /** Whether a session outlives its socket. */
  readonly reconnects: boolean;
  /** `post`: to one path, and the answer is the file's number. `put`: to a path that is asked for over the socket. */
  readonly uploads: 'post' | 'put';
}

const NEWEST: StreamlitGeneration = {
  from: [1, 30],
  pings: ['/_stcore/health', '/_stcore/host-config'],
  streamPath: '/_stcore/stream',
  subprotocols: (xsrf, session) => ['streamlit', xsrf, ...(session ? [session] : [])],
  xsrfCookie: '_streamlit_xsrf',
  reconnects: true,
  uploads: 'put',
};

const FROM_1_28: StreamlitGeneration = { ...NEWEST, from: [1, 28], xsrfCookie: '_xsrf', subprotocols: (_, session) => ['streamlit', ...(session ? [session] : [])] };

/** Newest first. Of those between 1.18 and 1.27 only opening was tried. */
const GENERATIONS: readonly StreamlitGeneration[] = [
  NEWEST,
  { ...NEWEST, from: [1, 29], xsrfCookie: '_xsrf' },
  FROM_1_28,
  { ...FROM_1_28, from: [1, 18], pings: ['/_stcore/health', '/_stcore/allowed-message-origins'] },
  { from: [0, 0], pings: ['/healthz'], streamPath: '/stream', subprotocols: () => [], xsrfCookie: '_xsrf', reconnects: false, uploads: 'post' },
];

/** The generation of a version such as `1.38.0`; the newest if none is given. */
export function generationOf(version: string | undefined): StreamlitGeneration {
  if (version === undefined) return NEWEST;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return GENERATIONS.find(({ from }) => major > from[0] || (major === from[0] && minor >= from[1])) ?? NEWEST;
}
