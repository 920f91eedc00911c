import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSocket, type LiveState, reconnectDelayMs } from './live-socket.ts';

/** A socket whose other end is the test. */
class FarEnd extends EventTarget {
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
  opens(): void {
    this.dispatchEvent(new Event('open'));
  }
}

function follow() {
  const sockets: FarEnd[] = [];
  const states: LiveState[] = [];
  let after = 0;
  const live = new LiveSocket({
    url: 'ws://console.test/live',
    topics: () => [{ topic: 'app-log', app: 'sales', after }],
    onMessage: () => (after = 7),
    onState: (state) => states.push(state),
    random: () => 0,
    connect: () => {
      const socket = new FarEnd();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  return { live, sockets, states };
}

describe('a live channel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens again after a loss and goes on where it was', () => {
    const { sockets, states } = follow();
    sockets[0]?.opens();
    sockets[0]?.dispatchEvent(new MessageEvent('message', { data: '{"event":"app-deleted","data":{"id":"x"}}' }));
    sockets[0]?.close();
    vi.advanceTimersByTime(250);
    sockets[1]?.opens();
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    expect(JSON.parse(sockets[1]?.sent[0] ?? '')).toEqual({ event: 'subscribe', data: { topic: 'app-log', app: 'sales', after: 7 } });
  });

  it('stays closed once it was closed', () => {
    const { live, sockets } = follow();
    sockets[0]?.opens();
    live.close();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('tries at once when the network is back', () => {
    const { live, sockets } = follow();
    sockets[0]?.close();
    live.hurry();
    expect(sockets).toHaveLength(2);
  });

  it('waits longer after each failure, up to ten seconds', () => {
    expect([0, 1, 2, 9].map((failures) => reconnectDelayMs(failures, 1))).toEqual([500, 1000, 2000, 10_000]);
    expect(reconnectDelayMs(0, 0)).toBe(250);
  });
});
