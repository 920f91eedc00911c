import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseAddress } from './address.ts';
import { Channel } from './channel.ts';
import { OpenSockets } from './open-sockets.ts';
import { Relay } from './relay.ts';

const NOTHING = Buffer.alloc(0);
const PING = '8900';
const PONG = Buffer.from([0x8a, 0x80, 1, 2, 3, 4]);
const MESSAGE = Buffer.from([0x82, 3, 1, 2, 3]);
const MINUTE_MS = 60_000;
const WAITING = { timeout: 20_000, interval: 5 };
const until = (holds: () => void): Promise<void> => vi.waitFor(holds, WAITING);

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
class Scene {
  messages = 0;
  nowMs = 0;
  readonly sockets = new OpenSockets({ find: () => undefined });
  readonly relay: Relay;

  constructor(readonly browser: Far, readonly app: Far) {
    this.relay = new Relay(browser.channel, app.channel, { heard: () => (this.messages += 1), leaving: () => this.sockets.watch(open), ended: () => this.sockets.delete(open) });
    const open = this.sockets.add(this.relay, undefined);
    this.relay.start(NOTHING, NOTHING);
    this.sockets.sweep(0); // the next look is as far away as can be
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

describe('a browser', () => {
  it('that neither reads nor answers any more is gone within a minute, and its app is told', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    scene.pass(40_000);
    await until(() => expect(browser.heard).toBe(MESSAGE.toString('hex') + PING + PING));
    browser.socket.pause();
    scene.pass(MINUTE_MS - 40_000);
    await until(() => expect([app.isGone, scene.sockets.size]).toEqual([true, 0]));
  });

  it('that answers lives, is asked no more than it has to be, and its app hears the answers', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    scene.pass(20_000);
    await until(() => expect(browser.heard).toBe(MESSAGE.toString('hex') + PING));
    browser.say(PONG);
    await until(() => expect(app.heard).toBe(PONG.toString('hex')));
    scene.pass(10 * MINUTE_MS);
    app.say(MESSAGE);
    await until(() => expect(browser.heard).toBe(MESSAGE.toString('hex') + PING + MESSAGE.toString('hex')));
    expect([scene.sockets.size, scene.messages, scene.relay.sent]).toEqual([1, 0, 2 * MESSAGE.length]);
  });

  it('that was sent nothing is asked nothing', async () => {
    const scene = await Scene.open();
    scene.pass(10 * MINUTE_MS);
    scene.app.say(MESSAGE);
    await until(() => expect(scene.browser.heard).toBe(MESSAGE.toString('hex')));
  });

  it('is not asked in the middle of a frame, nor after the app\'s close, which it is to answer too', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    app.say(MESSAGE.subarray(0, 4));
    await until(() => expect(browser.bytes).toBe(9));
    scene.pass(10 * MINUTE_MS);
    app.say(MESSAGE.subarray(4), [0x88, 0]);
    await until(() => expect(browser.heard).toBe(`${MESSAGE.toString('hex')}${MESSAGE.toString('hex')}8800`));
    expect(scene.sockets.size).toBe(1);
    scene.pass(MINUTE_MS);
    await until(() => expect([browser.isGone, app.isGone]).toEqual([true, true]));
    expect(browser.bytes).toBe(12);
  });

  it('that takes slowly what is sent lives, and gets all of it', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    const frame = Buffer.concat([Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 0]), Buffer.alloc(2 ** 20)]);
    browser.socket.pause();
    for (let i = 0; i < 50; i++) app.say(frame);
    await until(() => expect(browser.channel.socket.writableLength).toBeGreaterThan(0));
    scene.pass(60 * MINUTE_MS);
    browser.socket.resume();
    await until(() => expect(browser.bytes).toBe(MESSAGE.length + 50 * frame.length));
    expect(scene.sockets.size).toBe(1);
  });

  it('whose app takes nothing, so that it cannot be heard, lives', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    app.socket.pause();
    browser.say([0x82, 0xff, 0, 0, 0, 0, 0x0f, 0, 0, 0, 1, 2, 3, 4], Buffer.alloc(2 ** 25));
    await until(() => expect(app.channel.socket.writableLength).toBeGreaterThan(0));
    app.say(MESSAGE);
    await until(() => expect(browser.bytes).toBe(2 * MESSAGE.length));
    scene.pass(10 * MINUTE_MS);
    expect(scene.sockets.size).toBe(1);
  });
});

describe('a message of a browser', () => {
  const TOO_BIG = Buffer.from([0x88, 17, 0x03, 0xf1, ...Buffer.from('message too big')]).toString('hex');
  const head = (first: number, bytes: number): Buffer => {
    const buffer = Buffer.from([first, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    buffer.writeBigUInt64BE(BigInt(bytes), 2);
    return buffer;
  };
  const MIB = Buffer.alloc(2 ** 20);

  it.each([1, 14])('of 1 TiB is refused with its head, of which the app gets at most what could not tell (%i bytes at a time)', async (step) => {
    const scene = await Scene.open();
    const bytes = head(0x82, 2 ** 40);
    for (let at = 0; at < bytes.length; at += step) {
      scene.browser.say(bytes.subarray(at, at + step));
      await until(() => expect(scene.relay.received).toBe(at + step));
    }
    await until(() => expect(scene.browser.heard).toBe(TOO_BIG));
    scene.browser.say(MIB);
    scene.browser.socket.end();
    await until(() => expect(scene.app.isGone).toBe(true));
    expect(scene.app.bytes).toBe(step === 1 ? bytes.length - 1 : 0);
    scene.app.socket.end();
    await until(() => expect([scene.browser.isGone, scene.sockets.size]).toEqual([true, 0]));
  });

  it('waits to be refused until the app has said its own to the end', async () => {
    const scene = await Scene.open();
    scene.app.say(MESSAGE.subarray(0, 4));
    await until(() => expect(scene.browser.bytes).toBe(4));
    scene.browser.say(head(0x81, 2 ** 40));
    await until(() => expect(scene.relay.received).toBe(14));
    scene.app.say(MESSAGE.subarray(4));
    await until(() => expect(scene.browser.heard).toBe(MESSAGE.toString('hex') + TOO_BIG));
  });

  it('is as large as its fragments together, with pings between them', async () => {
    const scene = await Scene.open();
    const fragment = (first: number): (Buffer | number[])[] => [head(first, MIB.length), MIB, [0x89, 0x80, 1, 2, 3, 4]];
    scene.browser.say(...fragment(0x02));
    for (let i = 1; i < 256; i++) scene.browser.say(...fragment(0));
    await until(() => expect(scene.app.bytes).toBe(256 * (14 + MIB.length + 6)));
    scene.browser.say([0x80, 0x81, 1, 2, 3, 4, 5]);
    await until(() => expect(scene.browser.heard).toBe(TOO_BIG));
    expect(scene.app.bytes).toBe(256 * (14 + MIB.length + 6));
  });

  it('passes if it is none too large, and is heard of', async () => {
    const scene = await Scene.open();
    for (let i = 0; i < 20; i++) scene.browser.say(head(0x82, MIB.length), MIB);
    await until(() => expect(scene.app.bytes).toBe(20 * (14 + MIB.length)));
    expect(scene.messages).toBeGreaterThanOrEqual(20);
    expect(scene.browser.bytes).toBe(0);
  });
});
