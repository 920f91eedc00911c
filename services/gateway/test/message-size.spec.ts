import { describe, expect, it } from 'vitest';
import { MESSAGE, MINUTE_MS, Scene, until } from './relay-scene.ts';

describe('a message of a browser', () => {
  const TOO_BIG = Buffer.from([0x88, 17, 0x03, 0xf1, ...Buffer.from('message too big')]).toString('hex');
  const head = (first: number, bytes: number): Buffer => {
    const buffer = Buffer.from([first, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    buffer.writeBigUInt64BE(BigInt(bytes), 2);
    return buffer;
  };
  const MIB = Buffer.alloc(2 ** 20);
  /** The browser has said how large it will be, in the middle of a message of the app's. */
  const announced = async (): Promise<Scene> => {
    const scene = await Scene.open();
    scene.app.say(MESSAGE.subarray(0, 4));
    await until(() => expect(scene.browser.bytes).toBe(4));
    scene.browser.say(head(0x81, 2 ** 40));
    await until(() => expect(scene.relay.received).toBe(14));
    return scene;
  };

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
    const scene = await announced();
    scene.app.say(MESSAGE.subarray(4));
    await until(() => expect(scene.browser.heard).toBe(MESSAGE.toString('hex') + TOO_BIG));
  });

  it('ends both sides, though the app never says its own to the end', async () => {
    const scene = await announced();
    scene.pass(10 * MINUTE_MS);
    await until(() => expect([scene.app.isGone, scene.browser.isGone, scene.app.bytes]).toEqual([true, true, 0]));
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
