import { request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { isPageForAsset } from '../assets/asset-key.ts';
import type { Shells } from '../assets/shells.ts';
import { isMissing } from '../tab/streamlit-paths.ts';
import { plainPath } from '../request/plain-path.ts';
import type { Exchange, OnFailure, UpstreamFailure } from './exchange.ts';
import { relayAnswer } from './relay-answer.ts';
import { UpstreamAgent } from './upstream-agent.ts';

/** Forwards requests and knows no policy. Bodies stream both ways; nothing is buffered. */
export class Proxy {
  readonly #agent = new UpstreamAgent();
  readonly #maxBodyBytes: number;
  readonly #shells: Pick<Shells, 'noticed'>;

  /** @param maxBodyBytes of a request to an app; apps have limits of their own below it */
  constructor(maxBodyBytes: number, shells: Pick<Shells, 'noticed'>) {
    this.#maxBodyBytes = maxBodyBytes;
    this.#shells = shells;
  }

  forward(message: IncomingMessage, response: ServerResponse, exchange: Exchange, failed: OnFailure): void {
    if (isTooLarge(exchange, Number(message.headers['content-length'] ?? 0), this.#maxBodyBytes)) return failed('too-large', new BodyTooLarge());
    this.#attempt(message, response, exchange, failed, isRepeatable(message));
  }

  close(): void {
    this.#agent.destroy();
  }

  #attempt(message: IncomingMessage, response: ServerResponse, exchange: Exchange, failed: OnFailure, repeatable: boolean): void {
    const upstream = this.#open(message, exchange);
    let timer: NodeJS.Timeout | undefined;
    const abandon = (): void => {
      message.unpipe(upstream).resume(); // answered early: what is still being sent goes nowhere
      upstream.destroy();
    };

    const watch = (): void => {
      if (exchange.firstByteMs === undefined) return;
      timer = setTimeout(() => upstream.destroy(new FirstByteTimeout('no answer in time')), exchange.firstByteMs);
    };
    if (message.complete || !hasBody(message)) watch(); // nobody reads to the end of a body that is none
    else message.once('end', watch);
    response.once('close', abandon);
    const giveUp = (): void => void upstream.destroy(new NotWoken('the app could not be woken'));
    exchange.wake?.addEventListener('abort', giveUp);
    upstream.once('close', () => exchange.wake?.removeEventListener('abort', giveUp));

    upstream.on('continue', () => response.writeContinue());
    upstream.on('response', (answer) => {
      clearTimeout(timer);
      message.off('end', watch);
      if (!isPlainAnswer(answer)) {
        response.off('close', abandon);
        abandon();
        return failed('broken', new Error('bad status line'));
      }
      if (exchange.elsewhere && isMissing(plainPath(exchange.target), answer.statusCode ?? 0, answer.headers['content-type'])) {
        answer.resume();
        response.off('close', abandon);
        const { elsewhere: to, ...rest } = exchange;
        return this.#attempt(message, response, { ...rest, to }, failed, repeatable);
      }
      if (isPageForAsset(exchange.asset, answer.statusCode ?? 0, answer.rawHeaders)) {
        response.off('close', abandon);
        abandon();
        return failed('missing', new Error('a page instead of an asset'));
      }
      if (message.method === 'GET') this.#shells.noticed(exchange, answer.statusCode ?? 0, answer.rawHeaders);
      relayAnswer(answer, response, exchange);
    });
    upstream.on('error', (error: Error & { code?: string }) => {
      clearTimeout(timer);
      message.off('end', watch);
      response.off('close', abandon);
      message.unpipe(upstream);
      if (response.destroyed || response.writableEnded) return;
      if (response.headersSent) return void response.destroy();
      // The upstream closed an idle connection in the moment we took it: not the request's fault.
      if (repeatable && upstream.reusedSocket && error.code === 'ECONNRESET') return this.#attempt(message, response, exchange, failed, false);
      message.resume();
      failed(failureOf(error), error);
    });
    if (exchange.audience === 'app') limitChunks(message, this.#maxBodyBytes, () => upstream.destroy(new BodyTooLarge()));
    if (hasBody(message)) message.pipe(upstream);
    else upstream.end();
  }

  #open(message: IncomingMessage, { to, target, headers }: Exchange): ClientRequest {
    const framing = hasBody(message) ? (message.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']) : needsLength(message) ? ['Content-Length', '0'] : [];
    return request({ agent: this.#agent, host: to.host, port: to.port, method: message.method ?? 'GET', path: target, headers: [...headers, ...framing, 'Connection', 'keep-alive'], insecureHTTPParser: false, maxHeaderSize: 65_536 });
  }
}

/** Node's parser takes any three digits and any reason, and its writer throws at those that no browser would take. */
const isPlainAnswer = ({ statusCode = 0, statusMessage = '' }: IncomingMessage): boolean => statusCode >= 200 && statusCode <= 599 && /^[\t\x20-\x7e\x80-\xff]*$/.test(statusMessage);

/** Nobody listens there. */
export const isRefusal = ({ code }: Error & { code?: string }): boolean => code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH';

/** Our own processes have limits of their own. */
export const isTooLarge = ({ audience }: Exchange, bodyBytes: number, maxBytes: number): boolean => audience === 'app' && bodyBytes > maxBytes;

class FirstByteTimeout extends Error {}
export class BodyTooLarge extends Error {
  override readonly message = 'the body is larger than allowed';
}

/** Counts a body whose length nobody has said, while it streams; the parser holds any other to its length. */
function limitChunks(message: IncomingMessage, maxBytes: number, exceeded: () => void): void {
  if (message.headers['transfer-encoding'] === undefined) return;
  let left = maxBytes;
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left >= 0) return;
    message.off('data', count);
    exceeded();
  };
  message.on('data', count);
}

class NotWoken extends Error {}

function failureOf(error: Error & { code?: string }): UpstreamFailure {
  if (error instanceof BodyTooLarge) return 'too-large';
  if (error instanceof FirstByteTimeout) return 'timeout';
  if (error instanceof NotWoken) return 'not-woken';
  return isRefusal(error) ? 'refused' : 'broken';
}

export const hasBody = ({ headers }: IncomingMessage): boolean => headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const isRepeatable = (message: IncomingMessage): boolean => (message.method === 'GET' || message.method === 'HEAD') && !hasBody(message);

/** Without a length Node would send an empty chunked body, which some servers refuse. */
const needsLength = ({ method, headers }: IncomingMessage): boolean => headers['content-length'] === undefined && (method === 'POST' || method === 'PUT' || method === 'PATCH');
