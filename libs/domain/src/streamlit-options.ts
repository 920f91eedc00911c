/** Options of Streamlit that the platform sets for every app, whatever its repository says; `null` where the value is the app's own. */
export const STREAMLIT_OPTIONS = {
  'server.port': null,
  'server.address': '0.0.0.0',
  'server.headless': 'true',
  'server.fileWatcherType': 'none', // the source never changes under a running instance
  'server.runOnSave': 'false',
  'browser.gatherUsageStats': 'false',
  'browser.serverAddress': null,
  'logger.hideWelcomeMessage': 'true',
  'logger.enableRich': 'false', // where rich is installed, it draws exceptions for a terminal: no log reader finds them
} as const satisfies Record<string, string | null>;

/** The environment variable that says the same as an option: `server.fileWatcherType` is `STREAMLIT_SERVER_FILE_WATCHER_TYPE`. */
export const streamlitVariable = (option: string): string => `STREAMLIT_${option.replaceAll('.', '_').replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
