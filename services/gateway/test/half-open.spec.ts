import { describe, expect, it } from 'vitest';
import { MESSAGE, MINUTE_MS, Scene, until } from './relay-scene.ts';

const PING = '8900';
const PONG = Buffer.from([0x8a, 0x80, 1, 2, 3, 4]);

/** The browser reads nothing, and its app speaks until the gateway itself holds some of it. @returns bytes that the browser was sent */
async function backUp({ browser, app, relay }: Scene): Promise<number> {
  browser.socket.pause();
  const frame = Buffer.concat([Buffer.from([0x82, 126, 0x80, 0]), Buffer.alloc(2 ** 15)]);
  let sent = MESSAGE.length;
  // One by one, so that what waits in the end is whole frames.
  while (browser.channel.socket.writableLength === 0) {
    app.say(frame);
    sent += frame.length;
    await until(() => expect(relay.sent).toBe(sent));
  }
  return sent;
}

describe('a browser', () => {
  it('that neither reads nor answers any more is gone within a minute, and its app is told', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    scene.pass(45_000);
    await until(() => expect(browser.heard).toBe(MESSAGE.toString('hex') + PING + PING));
    browser.socket.pause();
    scene.pass(MINUTE_MS - 45_000);
    await until(() => expect([app.isGone, scene.sockets.size]).toEqual([true, 0]));
  });

  it('that answers lives, is asked no more than it has to be, and its app hears the answers', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    scene.pass(30_000);
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
    const { browser } = scene;
    const sent = await backUp(scene);
    scene.pass(60 * MINUTE_MS);
    browser.socket.resume();
    await until(() => expect(browser.bytes).toBe(sent));
    expect(scene.sockets.size).toBe(1);
  });

  it('whose app takes nothing, so that it cannot be heard, lives', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    app.socket.pause();
    browser.say([0x82, 0xff, 0, 0, 0, 0, 2, 0, 0, 0, 1, 2, 3, 4], Buffer.alloc(2 ** 25));
    await until(() => expect(app.channel.socket.writableLength).toBeGreaterThan(0));
    app.say(MESSAGE);
    await until(() => expect(browser.bytes).toBe(2 * MESSAGE.length));
    scene.pass(10 * MINUTE_MS);
    app.socket.resume();
    await until(() => expect(app.bytes).toBe(14 + 2 ** 25));
    expect(scene.sockets.size).toBe(1);
  });

  it('that still takes an app\'s last words gets them whole, also when the gateway says goodbye meanwhile', async () => {
    const scene = await Scene.spoken();
    const { browser, app } = scene;
    const sent = await backUp(scene);
    app.socket.end();
    await until(() => expect(browser.channel.socket.writableEnded).toBe(true));
    scene.relay.close(1012, 'restarting');
    browser.socket.resume();
    await until(() => expect(browser.bytes).toBe(sent));
  });
});
