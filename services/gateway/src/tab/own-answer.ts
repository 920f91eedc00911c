/** Something small that the gateway itself answers. `HEAD` gets the same without its body. */
export interface OwnAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

export const jsonAnswer = (value: object): OwnAnswer => ({ headers: JSON_HEADERS, body: Buffer.from(JSON.stringify(value)) });

/**
 * Streamlit's host configuration, with its own defaults (`create_host_config_routes`, 1.67) but for the one
 * origin that may tell a page to run again: the page's own. Streamlit's list names its makers' hosts, and
 * advises platforms that run others' code to answer this themselves.
 */
export const hostConfig = (origin: string): OwnAnswer =>
  jsonAnswer({ allowedOrigins: [origin], useExternalAuthToken: false, enableCustomParentMessages: false, enforceDownloadInNewTab: false, metricsUrl: '', blockErrorDialogs: false, resourceCrossOriginMode: null });
