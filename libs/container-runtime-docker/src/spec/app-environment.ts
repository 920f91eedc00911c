import { APP_PORT, type InstanceSpec } from '@weir/container-runtime';
import { STREAMLIT_OPTIONS, streamlitVariable } from '@weir/domain';

/**
 * What a framework reads, by its name.
 *
 * Environment variables beat every configuration file a repository may ship, and an old
 * version ignores those it does not know, where it would refuse an unknown flag.
 */
const FRAMEWORK_VARIABLES: Readonly<Record<string, (hostname: string) => Record<string, string>>> = {
  streamlit: (hostname) => ({
    ...Object.fromEntries(Object.entries(STREAMLIT_OPTIONS).flatMap(([option, value]) => (value === null ? [] : [[streamlitVariable(option), value]]))),
    [streamlitVariable('server.port')]: String(APP_PORT),
    [streamlitVariable('browser.serverAddress')]: hostname, // without it, Streamlit asks the internet for its own address: 20 s where there is none
  }),
  gradio: () => ({ GRADIO_ANALYTICS_ENABLED: 'False' }),
  // On any port of the host: the gateway's own is not known here.
  panel: (hostname) => ({ BOKEH_ALLOW_WS_ORIGIN: `${hostname}:*` }),
};

/** The environment of an app's process. Secrets are never here: they come as a file. */
export function appEnvironment(spec: InstanceSpec): Record<string, string> {
  return {
    HOME: '/home/app',
    PYTHONUNBUFFERED: '1',
    OMP_NUM_THREADS: '1',
    WEIR_ENTRY_FILE: spec.entryFile,
    WEIR_FRAMEWORK: spec.framework,
    HOST: '0.0.0.0',
    PORT: String(APP_PORT),
    // Of every server on uvicorn and websockets: a header line over 8 KiB would hang the handshake (Streamlit 1.57 and later).
    WEBSOCKETS_MAX_LINE_LENGTH: '65536',
    WEBSOCKETS_MAX_NUM_HEADERS: '256',
    FORWARDED_ALLOW_IPS: '*', // only the gateway can reach it, and the gateway overwrites X-Forwarded-*
    ...FRAMEWORK_VARIABLES[spec.framework]?.(spec.hostname),
  };
}
