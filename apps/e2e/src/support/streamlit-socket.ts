import type { WebSocket } from 'ws';
import type { StreamlitBrowser } from './streamlit-browser.ts';
import type { StreamlitGeneration } from './streamlit-generation.ts';

/**
 * Connects as the front end does: its pings first, then the socket, with the id of the session if there is one.
 *
 * @throws Error with the status if a ping or the socket is refused
 */
export async function openStreamlitSocket(browser: StreamlitBrowser, { pings, streamPath, subprotocols, xsrfCookie }: StreamlitGeneration, session: string | undefined): Promise<WebSocket> {
  for (const path of pings) {
    const { status } = await browser.ask(path);
    if (status < 200 || status > 299) throw new Error(`${path} was answered with ${status}`);
  }
  const xsrf = browser.cookie(xsrfCookie) || 'PLACEHOLDER_AUTH_TOKEN';
  return browser.connect(streamPath, subprotocols(xsrf, session));
}
