import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, vi } from 'vitest';
import { parseAddress } from '../src/transport/address.ts';
import { Channel } from '../src/transport/channel.ts';
import { OpenSockets } from '../src/transport/open-sockets.ts';
import { Relay } from '../src/transport/relay.ts';
import { NOTHING } from '../src/transport/nothing.ts';

export const MESSAGE = Buffer.from([0x82, 3, 1, 2, 3]);
export const MINUTE_MS = 60_000;
const WAITING = { timeout: 20_000, interval: 5 };
export const until = (holds: () => void): Promise<void> => vi.waitFor(holds, WAITING);

/** Whoever is at the far end of a channel. */
class Far {
  readonly channel: Channel;
  readonly socket: Socket;
  /** What it read, in hexadecimal as far as it is short. */
  heard = '';
  bytes = 0;
  /** It was hung up on. */
  isGone = false;

  constructor(channel: Channel, socket: Socket) {
    this.channel = channel;
    const gone = (): boolean => (this.isGone = true);
    this.socket = socket.on('error', gone).on('end', gone);
    socket.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      if (this.bytes < 1_000) this.heard += chunk.toString('hex');
    });
  }

  static async connect(): Promise<Far> {
    const server = createServer({ allowHalfOpen: true });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const channel = Channel.dial(parseAddress(`127.0.0.1:${(server.address() as AddressInfo).port}`));
    const [socket] = await accepted;
    server.close();
    return new Far(channel, socket);
  }

  say(...parts: (Buffer | number[])[]): void {
    for (const part of parts) this.socket.write(Buffer.from(part));
  }
}

/** An open WebSocket between a browser and an app, and the time, which passes by hand. */
export class Scene {
  messages = 0;
  nowMs = 0;
  readonly sockets = new OpenSockets({ find: () => undefined });
  readonly relay: Relay;

  constructor(readonly browser: Far, readonly app: Far) {
    this.relay = new Relay(browser.channel, app.channel, { heard: () => (this.messages += 1), leaving: () => this.sockets.watch(open), ended: () => this.sockets.delete(open) });
    const open = this.sockets.add(this.relay, undefined);
    this.relay.start(NOTHING, NOTHING);
    this.pass(1_000); // it was just looked after: the next look is as far away as can be
  }

  static async open(): Promise<Scene> {
    const scene = new Scene(await Far.connect(), await Far.connect());
    scenes.push(scene);
    return scene;
  }

  /** One in which the app spoke last. */
  static async spoken(): Promise<Scene> {
    const scene = await Scene.open();
    scene.app.say(MESSAGE);
    await vi.waitUntil(() => scene.browser.bytes === MESSAGE.length, WAITING);
    return scene;
  }

  /** So much time passes, with a sweep a second. */
  pass(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) this.sockets.sweep((this.nowMs += 1_000));
  }
}

const scenes: Scene[] = [];
afterEach(() => {
  for (const { browser, app } of scenes.splice(0)) for (const { socket } of [browser, app]) socket.destroy();
});
