import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { gitEnvironment } from './git-environment.ts';
import { REPOSITORY } from './git-repositories.ts';

const MAX_HEAD = 16_384;
const LIMIT_MS = 15 * 60_000;

/** Settings of every repository, given with each command so that a push cannot change them. */
const settings = (maxPushBytes: number): Readonly<Record<string, string>> => ({
  'safe.directory': '*',
  'core.hooksPath': '/dev/null',
  'http.receivepack': 'true',
  'transfer.fsckObjects': 'true',
  'receive.maxInputSize': String(maxPushBytes),
  'receive.denyNonFastForwards': 'false',
  'receive.denyDeleteCurrent': 'ignore',
  'receive.autogc': 'false',
  'gc.auto': '0',
  'transfer.hideRefs': 'refs/weir',
});

const inEnvironment = (given: Readonly<Record<string, string>>): Record<string, string> => ({
  GIT_CONFIG_COUNT: String(Object.keys(given).length),
  ...Object.fromEntries(Object.entries(given).flatMap(([key, value], i) => [[`GIT_CONFIG_KEY_${i}`, key], [`GIT_CONFIG_VALUE_${i}`, value]])),
});

export interface BackendHead {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

interface Call {
  /** After the repository: `/info/refs`, `/git-receive-pack`, … */
  readonly path: string;
  readonly query: string;
  readonly request: IncomingMessage;
  /** The request's body, decoded. */
  readonly body: Readable | undefined;
  /** The largest pack that is taken. */
  readonly maxPushBytes: number;
  readonly onHead: (head: BackendHead) => void;
  readonly onBody: (chunk: Buffer) => void | Promise<void>;
  readonly onError: (words: string) => void;
}

/** Runs `git http-backend` (git-http-backend(1)), a CGI program, in a repository's sandbox. */
export async function callHttpBackend(sandbox: Sandbox, call: Call): Promise<number> {
  const { request } = call;
  const head = new CgiHead(call.onHead);
  return sandbox.run({
    argv: ['git', 'http-backend'],
    env: {
      ...gitEnvironment('none'), ...inEnvironment(settings(call.maxPushBytes)),
      GIT_PROJECT_ROOT: '/', GIT_HTTP_EXPORT_ALL: '1', GIT_HTTP_MAX_REQUEST_BUFFER: '100M',
      PATH_INFO: `${REPOSITORY}${call.path}`, QUERY_STRING: call.query, REQUEST_METHOD: request.method ?? 'GET', CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_USER: 'weir', REMOTE_ADDR: '127.0.0.1', SERVER_PROTOCOL: 'HTTP/1.1', ...(typeof request.headers['git-protocol'] === 'string' && { GIT_PROTOCOL: request.headers['git-protocol'].slice(0, 200) }),
    },
    ...(call.body && { stdin: call.body }),
    stdout: async (chunk) => {
      const body = head.push(chunk);
      if (body.length > 0) await call.onBody(body);
    },
    stderr: (chunk) => call.onError(chunk.toString('utf8')),
    maxOutputBytes: 2 * 2 ** 30,
    limitMs: LIMIT_MS,
  });
}

/** Cuts the header off a CGI answer. */
class CgiHead {
  #text: Buffer | undefined = Buffer.alloc(0);
  constructor(private readonly onHead: (head: BackendHead) => void) {}

  push(chunk: Buffer): Buffer {
    if (!this.#text) return chunk;
    this.#text = Buffer.concat([this.#text, chunk]);
    const end = this.#text.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.#text.length > MAX_HEAD) throw new Error('git http-backend answered without a header');
      return Buffer.alloc(0);
    }
    const lines = this.#text.subarray(0, end).toString('latin1').split('\r\n');
    const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
    const status = Number.parseInt(headers.find(([name]) => name === 'status')?.[1] ?? '200', 10);
    const body = this.#text.subarray(end + 4);
    this.#text = undefined;
    this.onHead({ status, headers: headers.filter(([name]) => ['content-type', 'cache-control', 'expires', 'pragma'].includes(name)) });
    return body;
  }
}
