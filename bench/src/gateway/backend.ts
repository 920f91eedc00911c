import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { binaryFrame, CLOSE_OPCODE, closingFrame, FrameReader, isOfMessage } from './load/frames.ts';
import { ASSET_BYTES, PUSH_BYTES } from './load/sizes.ts';

/*
 * The apps behind the peers, in one process: it answers just enough of HTTP and WebSocket, cheaply.
 * Started with the number of apps; sends the list of its ports.
 */

const SMALL = JSON.stringify({ allowedOrigins: ['https://*.example.com'], useExternalAuthToken: false, enableCustomParentMessages: false, enforceDownloadInNewTab: false, metricsUrl: '', blockErrorDialogs: false, resourceCrossOriginMode: null });
const answer = (type: string, cache: string, body: string): Buffer =>
  Buffer.from(`HTTP/1.1 200 OK\r\nServer: uvicorn\r\nDate: Wed, 25 Nov 2026 12:00:00 GMT\r\nContent-Type: ${type}\r\nCache-Control: ${cache}\r\nETag: "5f3c1d"\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

/** JavaScript to the eye of a compressor: words again and again, with numbers between. */
function script(): string {
  const lines: string[] = [];
  for (let bytes = 0, i = 0; bytes < ASSET_BYTES; i++) {
    const line = `export const v${(i * 2_654_435_761 % 4_294_967_296).toString(36)}=function(e,t){return void 0===e?t.get(${i}):e.map(n=>n.id+${(i * 40_503) % 65_536})};\n`;
    lines.push(line);
    bytes += line.length;
  }
  return lines.join('').slice(0, ASSET_BYTES);
}

const small = answer('application/json', 'no-cache', SMALL);
const asset = answer('text/javascript; charset=utf-8', 'public, immutable, max-age=31536000', script());
const push = binaryFrame(PUSH_BYTES, 'server');
const closing = closingFrame('server');
const echoes = new Map<number, Buffer>();

function echo(payloadBytes: number): Buffer {
  let frame = echoes.get(payloadBytes);
  if (!frame) echoes.set(payloadBytes, (frame = binaryFrame(payloadBytes, 'server')));
  return frame;
}

function serve(socket: Socket): void {
  let held = '';
  socket.setNoDelay(true).on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    for (let end = held.indexOf('\r\n\r\n'); end !== -1; end = held.indexOf('\r\n\r\n')) {
      const head = held.slice(0, end + 2);
      held = held.slice(end + 4);
      const key = /\r\nsec-websocket-key: *(\S+)\r\n/i.exec(head)?.[1];
      if (key !== undefined) return upgrade(socket, head, key);
      socket.write(head.startsWith('GET /static/') ? asset : small);
    }
  });
}

function upgrade(socket: Socket, head: string, key: string): void {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n`);
  const pushes = head.includes('?push');
  const frames = new FrameReader((opcode, payloadBytes) => {
    if (opcode === CLOSE_OPCODE) socket.end(closing);
    else if (isOfMessage(opcode)) socket.write(pushes ? push : echo(payloadBytes));
  });
  socket.removeAllListeners('data').on('data', (chunk: Buffer) => frames.feed(chunk));
}

const ports = await Promise.all(
  Array.from({ length: Number(process.argv[2]) }, () =>
    new Promise<number>((resolve, reject) => {
      const server = createServer({ allowHalfOpen: false }, serve);
      server.once('error', reject).listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => resolve((server.address() as AddressInfo).port));
    }),
  ),
);
process.send?.(ports);
process.once('disconnect', () => process.exit(0)); // never outlives the benchmark
