import type { Fetch } from './request.ts';

/**
 * A `fetch` that dials the URL's address but names another host.
 *
 * Many resolvers do not know `*.localhost`, and the global `fetch` cannot set
 * `Host`. Only Node has this one; it never follows redirects.
 */
export function hostFetch(host: string): Fetch {
  return async (url, init = {}) => {
    const { request } = await import(/* webpackIgnore: true */ 'undici');
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const answer = await request(url, {
      method: (init.method ?? 'GET') as 'GET',
      headers: { ...headers, host },
      body: typeof init.body === 'string' ? init.body : null,
      signal: init.signal ?? null,
    });
    const body = await answer.body.arrayBuffer();
    const bodyless = answer.statusCode === 204 || answer.statusCode === 304;
    return new Response(bodyless ? null : body, { status: answer.statusCode, headers: flatten(answer.headers) });
  };
}

const flatten = (headers: Record<string, string | string[] | undefined>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one])));
