import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: string[];
  readonly body: Buffer;
  readonly text: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders | string[];
  readonly body?: Readable | string;
}

export const DOCUMENT = { Accept: 'text/html,*/*', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate' };

/** One request on a connection of its own, by the address, with the name in `Host`. */
export function ask(port: number, host: string, path = '/', { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = Array.isArray(headers) ? ['Host', host, ...headers] : { Host: host, ...headers };
    const message = request({ host: '127.0.0.1', port, path, method, headers: sent, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, rawHeaders: answer.rawHeaders, body: bytes, text: bytes.toString() });
      });
    });
    message.on('error', reject);
    if (body === undefined || typeof body === 'string') message.end(body);
    else body.pipe(message);
  });
}

/** Sends bytes as they are. @returns all that came back until the connection closed */
export const askRaw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject).on('close', () => resolve(text));
  });

/** Opens a WebSocket; rejects with the status it was refused with. */
export function openSocket(port: number, host: string, { headers = {}, protocols = ['streamlit'], path = '/_stcore/stream' }: { headers?: Record<string, string>; protocols?: string[]; path?: string } = {}): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers: { Host: host, ...headers }, perMessageDeflate: false, maxPayload: 0 });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, answer) => reject(new Error(String(answer.statusCode))));
    socket.once('error', reject);
  });
}

export const nextMessage = (socket: WebSocket): Promise<Buffer> => new Promise((resolve) => socket.once('message', (data) => resolve(data as Buffer)));

export const closeOf = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', (code) => resolve(code)));

export const headerOf = (rawHeaders: readonly string[], name: string): string[] => rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);

/** The pair that a browser would send back. */
export const cookieOf = ({ headers }: Answer): string => headers['set-cookie']?.find((line) => line.startsWith('weir_affinity='))?.split(';')[0] ?? '';
