import { APP_PORT, type InstanceSpec } from '@weir/container-runtime';

/**
 * The environment of an app's process. Secrets are never here: they come as a file.
 *
 * Environment variables beat every configuration file a repository may ship, and an
 * old Streamlit ignores those it does not know, where it would refuse an unknown flag.
 */
export function appEnvironment(spec: InstanceSpec): Record<string, string> {
  return {
    HOME: '/home/app',
    PYTHONUNBUFFERED: '1',
    OMP_NUM_THREADS: '1',
    WEIR_ENTRY_FILE: spec.entryFile,
    WEIR_FRAMEWORK: spec.framework,
    STREAMLIT_SERVER_PORT: String(APP_PORT),
    STREAMLIT_SERVER_ADDRESS: '0.0.0.0',
    STREAMLIT_SERVER_HEADLESS: 'true',
    STREAMLIT_SERVER_FILE_WATCHER_TYPE: 'none', // the source never changes under a running instance
    STREAMLIT_SERVER_RUN_ON_SAVE: 'false',
    STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
    STREAMLIT_BROWSER_SERVER_ADDRESS: spec.hostname, // without it, Streamlit asks the internet for its own address: 20 s where there is none
    STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE: 'true',
    // A header line over 8 KiB would hang the WebSocket handshake (Streamlit 1.57 and later).
    WEBSOCKETS_MAX_LINE_LENGTH: '65536',
    WEBSOCKETS_MAX_NUM_HEADERS: '256',
    FORWARDED_ALLOW_IPS: '*', // only the gateway can reach it, and the gateway overwrites X-Forwarded-*
  };
}
