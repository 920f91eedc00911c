import type { FrameworkProfile, HealthAnswer } from './framework.ts';

/** How a framework behaves from a version on, until the next generation's. */
interface Generation {
  readonly from: string;
  readonly profile: FrameworkProfile;
}

/** The exact word, because Streamlit answers any unknown path with 200 and a page. Its type is text/html up to 1.56 (Tornado) and text/plain after. */
const saysOk = ({ status, body }: HealthAnswer): boolean => status === 200 && body.trim() === 'ok';

/** Any page will do: a server that answers without an error of its own is well. */
const answers = ({ status }: HealthAnswer): boolean => status < 500;
const answersWell = ({ status }: HealthAnswer): boolean => status === 200;

/** A server without a health path or a session stream of its own. */
const PLAIN: FrameworkProfile = { health: { path: '/', isWell: answers }, sticky: false, streams: [], polls: [], hidden: [] };

/** What holds for most frameworks. Sticky, because a browser that is kept at one instance loses nothing. */
export const UNKNOWN: FrameworkProfile = { ...PLAIN, sticky: true };

/** From 1.57, on Starlette. The metrics and the script's own check have no guard. */
const STREAMLIT: FrameworkProfile = {
  health: { path: '/_stcore/health', isWell: saysOk },
  sticky: true,
  streams: ['/_stcore/stream'],
  polls: ['/_stcore/health', '/_stcore/host-config'],
  hidden: ['/_stcore/metrics', '/_stcore/script-health-check'],
};

/** On Tornado, which keeps the older names beside the new ones. */
const STREAMLIT_TORNADO: FrameworkProfile = {
  ...STREAMLIT,
  polls: [...STREAMLIT.polls, '/healthz'],
  hidden: [...STREAMLIT.hidden, '/st-metrics', '/script-health-check'],
};

const STREAMLIT_ORIGINS: FrameworkProfile = { ...STREAMLIT_TORNADO, polls: ['/_stcore/health', '/healthz', '/_stcore/allowed-message-origins'] };

/** Before everything moved below `/_stcore`. */
const STREAMLIT_FIRST: FrameworkProfile = {
  health: { path: '/healthz', isWell: saysOk },
  sticky: true,
  streams: ['/stream'],
  polls: ['/healthz', '/st-allowed-message-origins'],
  hidden: ['/st-metrics', '/script-health-check'],
};

/** No WebSocket: a viewer's session is an event stream, and what it yields lies in one process's queue. */
const GRADIO: FrameworkProfile = { ...UNKNOWN, health: { path: '/gradio_api/app_id', isWell: answers }, streams: ['/gradio_api/queue/data', '/gradio_api/heartbeat/*'] };

/**
 * Every framework by name; its generations newest first.
 *
 * Measured on the versions that `docs/frameworks.md` lists. Streamlit's breaks are those of its
 * release notes (1.18 and 1.28 of 2023, 1.57 of 2026), Gradio's prefix came with 5.0.
 */
export const FRAMEWORKS = {
  streamlit: [
    { from: '1.57', profile: STREAMLIT },
    { from: '1.28', profile: STREAMLIT_TORNADO },
    { from: '1.18', profile: STREAMLIT_ORIGINS },
    { from: '0', profile: STREAMLIT_FIRST },
  ],
  gradio: [
    { from: '5', profile: GRADIO },
    { from: '4', profile: { ...GRADIO, health: { path: '/app_id', isWell: answers }, streams: ['/queue/data', '/heartbeat/*'] } },
    { from: '0', profile: { ...GRADIO, health: { path: '/app_id', isWell: answers }, streams: ['/queue/join'] } },
  ],
  dash: [{ from: '0', profile: { ...PLAIN, streams: ['/_dash-ws-callback'] } }],
  panel: [{ from: '0', profile: { ...UNKNOWN, health: { path: '/liveness', isWell: answersWell }, streams: ['/*/ws'], hidden: ['/liveness'] } }],
  shiny: [{ from: '0', profile: { ...UNKNOWN, streams: ['/websocket/'] } }],
  marimo: [{ from: '0', profile: { ...UNKNOWN, health: { path: '/health', isWell: answersWell }, streams: ['/ws'], polls: ['/health', '/healthz'] } }],
  nicegui: [{ from: '0', profile: { ...UNKNOWN, streams: ['/_nicegui_ws/socket.io/'] } }],
  fastapi: [{ from: '0', profile: PLAIN }],
  flask: [{ from: '0', profile: PLAIN }],
} as const satisfies Record<string, readonly Generation[]>;

/** A framework that is known by name. */
export type FrameworkName = keyof typeof FRAMEWORKS;

export const FRAMEWORK_NAMES = Object.keys(FRAMEWORKS) as readonly FrameworkName[];
