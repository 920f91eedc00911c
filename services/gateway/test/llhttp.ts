import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';

/** One request as node:http's parser, llhttp, reads it. */
export interface Reading {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly upgrade: boolean;
  bodyBytes: number;
}

/** Both ends of a connection without a network: what was sent can be read, what is written is dropped. */
class Wire extends Duplex {
  constructor(bytes: Buffer) {
    super();
    this.push(bytes);
    this.push(null);
  }

  override _read(): void {
    // All was pushed.
  }

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    done();
  }
}

const server = createServer({ maxHeaderSize: 65_536, insecureHTTPParser: false, requireHostHeader: false, keepAliveTimeout: 0, shouldUpgradeCallback: ({ method, headers }) => method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13' });
server.maxHeadersCount = 0;

interface Listening {
  readonly readings: Reading[];
  readonly done: (readings: Reading[]) => void;
}

const listening = new WeakMap<object, Listening>();

function note(message: IncomingMessage, upgrade: boolean): Reading {
  const reading = { method: message.method, target: message.url, rawHeaders: message.rawHeaders, upgrade, bodyBytes: 0 };
  listening.get(message.socket)?.readings.push(reading);
  return reading;
}

const finish = (socket: object): void => {
  const heard = listening.get(socket);
  heard?.done(heard.readings);
};

server.on('request', (message, response) => {
  const reading = note(message, false);
  message.on('data', (chunk: Buffer) => (reading.bodyBytes += chunk.length));
  message.on('end', () => response.end());
});
server.on('checkContinue', (message, response) => server.emit('request', message, response));
server.on('upgrade', (message, socket, head: Buffer) => {
  note(message, true).bodyBytes = head.length;
  finish(socket);
});
server.on('clientError', (_error, socket) => finish(socket));

/** Every request that llhttp finds in the bytes of one connection, until they end or it takes offence. */
export function readByLlhttp(bytes: Buffer): Promise<readonly Reading[]> {
  return new Promise((resolve) => {
    const wire = new Wire(bytes);
    listening.set(wire, { readings: [], done: resolve });
    wire.on('close', () => finish(wire));
    server.emit('connection', wire);
  });
}
