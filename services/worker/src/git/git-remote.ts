import { ApiProblem, type InternalClient } from '@weir/api-client';
import type { GitAuthorization } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { GitRepositories } from './git-repositories.ts';
import { basicPassword, type GitRequest, parseGitRequest } from './git-request.ts';
import { callHttpBackend } from './http-backend.ts';
import { progressPackets } from './pkt-line.ts';
import { PushCommands } from './push-commands.ts';
import { ReceivePackAnswer } from './receive-pack-answer.ts';
import type { ReceivePush } from './receive-push.ts';
import { nameHead } from './name-head.ts';

const MAX_PUSH_BYTES = 200_000_000;
/** What comes on top of a pack: its commands. */
const MAX_COMMANDS_BYTES = 2 ** 20;

/** The built-in Git remote: smart HTTP, answered by `git http-backend` in a sandbox per app. */
export class GitRemote {
  constructor(
    private readonly client: InternalClient,
    private readonly repositories: GitRepositories,
    private readonly receivePush: ReceivePush,
    private readonly log: Logger,
    private readonly maxPushBytes = MAX_PUSH_BYTES,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parseGitRequest(request.method ?? 'GET', request.url ?? '');
    if (!asked) return refuse(response, 404, 'There is no such repository.');
    const token = basicPassword(request.headers.authorization);
    if (token === undefined) return refuse(response, 401, 'Give an API token as the password.');
    let access: GitAuthorization;
    try {
      access = await this.client.authorizeGit({ app: asked.app, token, write: asked.write });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return refuse(response, error.status === 403 ? 403 : error.status === 401 ? 401 : error.status >= 500 ? 503 : 404, error.problem.detail);
    }
    await this.repositories.use(access.app, access.example, (sandbox) =>
      asked.path === '/git-receive-pack' ? this.#receive(sandbox, asked, access, token, request, response) : this.#serve(sandbox, asked, request, response),
    );
  }

  async #serve(sandbox: Sandbox, asked: GitRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#call(sandbox, asked, request, response, bodyOf(request, this.maxPushBytes), (chunk) => write(response, chunk));
    response.end();
  }

  async #receive(sandbox: Sandbox, asked: GitRequest, { app }: GitAuthorization, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const commands = new PushCommands();
    let bytes = 0;
    const body = bodyOf(request, this.maxPushBytes, (chunk) => {
      bytes += chunk.length;
      commands.push(chunk);
    });
    let answer: ReceivePackAnswer | undefined;
    await this.#call(sandbox, asked, request, response, body, (chunk) => {
      answer ??= new ReceivePackAnswer(commands.capabilities.includes('side-band-64k'));
      return write(response, answer.push(chunk));
    });
    const terminal = commands.capabilities.includes('side-band-64k');
    const say = (line: string): void => void (terminal && response.write(progressPackets(`${plain(line)}\n`)));
    if (answer?.unpacked === false) say(bytes > this.maxPushBytes ? tooLarge(this.maxPushBytes) : BROKEN);
    const taken = new Set(answer?.accepted);
    const pushed = commands.commands.filter(({ ref }) => taken.has(ref));
    if (pushed.length > 0) {
      await nameHead(sandbox, pushed);
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      await this.receivePush.execute({ app, token, pushed, deploy: request.headers['weir-deploy'] !== 'none', signal: gone.signal, say });
    }
    response.end(answer?.end());
  }

  async #call(sandbox: Sandbox, { path, query }: GitRequest, request: IncomingMessage, response: ServerResponse, body: Readable | undefined, onBody: (chunk: Buffer) => void | Promise<void>): Promise<void> {
    let words = '';
    const code = await callHttpBackend(sandbox, {
      path, query, request, body, onBody, maxPushBytes: this.maxPushBytes,
      onHead: ({ status, headers }) => {
        response.statusCode = status;
        for (const [name, value] of headers) response.setHeader(name, value);
      },
      onError: (text) => void (words = (words + text).slice(-2000)),
    });
    // Git may have ended before it read everything, and a client listens only once it has sent everything.
    request.unpipe().resume();
    if (code !== 0) this.log.info({ code, words }, 'git.backend_failed');
  }
}

const tooLarge = (limit: number): string => `The push is larger than ${Math.floor(limit / 1e6)} MB. Keep large data out of the repository, and out of its history.`;
const BROKEN = 'The push carries broken objects, which git fsck names. Nothing of it was kept.';

/** The request's body, unpacked and counted; `onChunk` sees it pass. */
function bodyOf(request: IncomingMessage, maxPackBytes: number, onChunk: (chunk: Buffer) => void = () => undefined): Readable | undefined {
  if (request.method !== 'POST') return undefined;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      onChunk(chunk);
      // Git says in a sentence that a push is too large; this only ends a stream that goes on regardless.
      if (bytes > maxPackBytes + MAX_COMMANDS_BYTES) this.push(null);
      else this.push(chunk);
      done();
    },
  });
  const unpacked = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()).on('error', (error) => counted.destroy(error)) : request;
  request.on('error', (error) => counted.destroy(error));
  return unpacked.pipe(counted);
}

const write = (response: ServerResponse, chunk: Buffer): void | Promise<void> => {
  if (chunk.length === 0 || response.destroyed || response.write(chunk)) return;
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
};

/** Build output is a stranger's: nothing in it may move the cursor of the pushing terminal. */
const plain = (line: string): string => line.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

function refuse(response: ServerResponse, status: number, sentence: string): void {
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="Weir", charset="UTF-8"');
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${sentence}\n`);
}
