import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient, type ApiClientOptions, hostFetch } from '@weir/api-client';

/** How long a restart of the platform is waited for, and how often it is asked meanwhile. */
export const PATIENCE_MS = 120_000;
export const PAUSE_MS = 500;
const AWAY = new Set([502, 503, 504]);

/** A client that asks again while the platform restarts. Only questions are repeated, never what changes something. */
export function patient(options: ApiClientOptions): ApiClient {
  const once = options.fetch ?? (options.host === undefined ? (url: string, init?: RequestInit) => fetch(url, init) : hostFetch(options.host));
  return new ApiClient({
    ...options,
    fetch: async (url, init) => {
      const giveUpAt = performance.now() + PATIENCE_MS;
      for (;;) {
        const mayRepeat = (init?.method ?? 'GET') === 'GET' && performance.now() < giveUpAt;
        try {
          const response = await once(url, init);
          if (!mayRepeat || !AWAY.has(response.status)) return response;
        } catch (error) {
          if (!mayRepeat || init?.signal?.aborted) throw error;
        }
        await delay(PAUSE_MS);
      }
    },
  });
}
