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
} as const satisfies Record<string, string | null>;
