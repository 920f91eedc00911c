import { problemOf } from './api-problem.ts';

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface RequestShape {
  readonly method: string;
  /** With `:name` for each parameter. */
  readonly path: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request and reads its JSON answer, or `undefined` if it has none.
 *
 * @throws ApiProblem if the server refused; whatever `fetch` throws if it was not reached
 */
export async function send(fetch: Fetch, baseUrl: string, { method, path, params, query, body, headers, signal }: RequestShape): Promise<unknown> {
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${fillPath(path, params ?? {})}${queryString(query ?? {})}`, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** `/apps/:app` with its parameters in place, each as one path segment whatever it holds. */
export const fillPath = (path: string, params: Readonly<Record<string, unknown>>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') throw new RangeError(`the path parameter ${name} is missing`);
    return encodeURIComponent(value);
  });

function queryString(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
