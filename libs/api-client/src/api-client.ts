import { endpoints, type Endpoint, type OperationAnswer, type OperationId, type OperationInput } from '@weir/contracts';
import { hostFetch } from './host-fetch.ts';
import { type Fetch, send } from './request.ts';
import { untilAnswered } from './until-answered.ts';

export interface ApiClientOptions {
  /** Where the API answers, without `/api/v1`: `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  /** Name this host while dialling `baseUrl`'s address (Node only). */
  readonly host?: string | undefined;
  readonly fetch?: Fetch | undefined;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Input may be left out where the operation takes none. */
type CallArguments<O extends OperationId> = Record<never, never> extends OperationInput<O> ? [input?: OperationInput<O>, options?: CallOptions] : [input: OperationInput<O>, options?: CallOptions];

/** The public API, typed by the contracts: `client.call('apps.read', { params: { app } })`. */
export class ApiClient {
  readonly #fetch: Fetch;
  readonly #baseUrl: string;
  readonly #token: string | undefined;

  constructor({ baseUrl, token, host, fetch }: ApiClientOptions) {
    this.#fetch = fetch ?? (host === undefined ? (url, init) => globalThis.fetch(url, init) : hostFetch(host));
    this.#baseUrl = `${baseUrl.replace(/\/+$/, '')}/api/v1`;
    this.#token = token;
  }

  /** @throws ApiProblem if the API refused; a network error as it comes */
  async call<O extends OperationId>(operation: O, ...[input, options = {}]: CallArguments<O>): Promise<OperationAnswer<O>> {
    const endpoint: Endpoint = endpoints[operation];
    const given = (input ?? {}) as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
    // With a key a repeated POST is done once, so that one whose answer was lost may be sent again. A sign-in is nobody's yet, and has none.
    const once = endpoint.method === 'POST' && endpoint.public !== true;
    const request = {
      method: endpoint.method,
      path: endpoint.path,
      params: given.params,
      query: given.query,
      body: given.body,
      signal: options.signal,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(once ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...options.headers,
      },
    };
    const ask = (): Promise<unknown> => send(this.#fetch, this.#baseUrl, request);
    const answer = await (once ? untilAnswered(ask, options.signal) : ask());
    // The server is ours and may be newer: its answer is read, not judged, so that a new field breaks no old client.
    return answer as OperationAnswer<O>;
  }
}
