import { request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { isPageForAsset } from '../assets/asset-key.ts';
import type { Address } from './address.ts';
import { answerHeaders, type Audience } from '../request/headers.ts';
import { UpstreamAgent } from './upstream-agent.ts';

/** Why an upstream gave no answer: nobody listens there, it took too long, it broke off, or it has no such asset. */
export type UpstreamFailure = 'refused' | 'timeout' | 'broken' | 'missing';

/** One request as it is to be forwarded: all was decided before. */
export interface Exchange {
  readonly to: Address;
  readonly target: string;
  readonly headers: readonly string[];
  readonly audience: Audience;
  /** From the end of the request to the head of the answer; none for answers that take minutes. */
  readonly firstByteMs: number | undefined;
  /** Names the framework's own file that is asked for, if it is one. */
  readonly asset: string | undefined;
  /** Sent along with the upstream's own. */
  readonly setCookie: string | undefined;
}

/** Hears of a failure at most once, and only while nothing was answered yet. */
export type OnFailure = (failure: UpstreamFailure, error: Error) => void;

/** Forwards requests and knows no policy. Bodies stream both ways; nothing is buffered. */
export class Proxy {
  readonly #agent = new UpstreamAgent();

  forward(message: IncomingMessage, response: ServerResponse, exchange: Exchange, failed: OnFailure): void {
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
    if (message.complete) watch();
    else message.once('end', watch);
    response.once('close', abandon);

    upstream.on('continue', () => response.writeContinue());
    upstream.on('response', (answer) => {
      clearTimeout(timer);
      message.off('end', watch);
      if (isPageForAsset(exchange.asset, answer.statusCode ?? 0, answer.rawHeaders)) {
        response.off('close', abandon);
        abandon();
        return failed('missing', new Error('a page instead of an asset'));
      }
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
    if (hasBody(message)) message.pipe(upstream);
    else upstream.end();
  }

  #open(message: IncomingMessage, { to, target, headers }: Exchange): ClientRequest {
    const framing = hasBody(message) ? (message.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']) : needsLength(message) ? ['Content-Length', '0'] : [];
    return request({ agent: this.#agent, host: to.host, port: to.port, method: message.method ?? 'GET', path: target, headers: [...headers, ...framing, 'Connection', 'keep-alive'], insecureHTTPParser: false, maxHeaderSize: 65_536 });
  }
}

/** Nobody listens there. */
export const isRefusal = ({ code }: Error & { code?: string }): boolean => code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH';

class FirstByteTimeout extends Error {}

function failureOf(error: Error & { code?: string }): UpstreamFailure {
  if (error instanceof FirstByteTimeout) return 'timeout';
  return isRefusal(error) ? 'refused' : 'broken';
}

function relayAnswer(answer: IncomingMessage, response: ServerResponse, { audience, setCookie }: Exchange): void {
  const headers = answerHeaders(answer.rawHeaders, audience);
  if (setCookie !== undefined) headers.push('Set-Cookie', setCookie);
  response.sendDate = false;
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headers);
  response.flushHeaders();
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}

const hasBody = ({ headers }: IncomingMessage): boolean => headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const isRepeatable = (message: IncomingMessage): boolean => (message.method === 'GET' || message.method === 'HEAD') && !hasBody(message);

/** Without a length Node would send an empty chunked body, which some servers refuse. */
const needsLength = ({ method, headers }: IncomingMessage): boolean => headers['content-length'] === undefined && (method === 'POST' || method === 'PUT' || method === 'PATCH');
