import { once } from 'node:events';
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseAddress, type Address } from './address.ts';
import type { Channel as AnyChannel, Reader } from './channel.ts';
import { TcpWire } from './tcp-wire.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const addressOf = (host: string, server: Server): Address => parseAddress(`${isIP(host) === 6 ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`);

/** The far end of the next connection, and where to dial it. */
async function listen(host = '127.0.0.1'): Promise<{ to: Address; far: Promise<Socket> }> {
  const server = createServer({ allowHalfOpen: true });
  servers.push(server);
  await once(server.listen(0, host), 'listening');
  const far = once(server, 'connection').then(([socket]: Socket[]) => socket!.on('error', () => undefined));
  return { to: addressOf(host, server), far };
}

/** Writes down what a channel says. */
class Notes implements Reader {
  heard = '';
  bytes = 0;
  events: string[] = [];
  goesOn = true;

  receive(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    this.heard = (this.heard + chunk.toString()).slice(-100);
    return this.goesOn;
  }

  drained(): void {
    this.events.push('drained');
  }

  ended(): void {
    this.events.push('ended');
  }

  closed(error: Error & { code?: string } | undefined): void {
    this.events.push(`closed ${error?.code ?? ''}`.trim());
  }
}

const LIMIT = { timeout: 10_000, interval: 5 };
const until = (holds: () => boolean): Promise<unknown> => vi.waitUntil(holds, LIMIT);
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, LIMIT);

const MANY = Buffer.alloc(8_000_000, 'x');
const text = async (socket: Socket): Promise<string> => Buffer.concat(await socket.toArray()).toString();

describe.each(['handles of libuv', 'streams of node:net'])('a channel upon %s', (kind) => {
  let Channel: typeof AnyChannel;
  beforeAll(async () => {
    vi.resetModules();
    const { binding } = process as unknown as { binding: unknown };
    if (kind !== 'handles of libuv') Reflect.set(process, 'binding', undefined);
    ({ Channel } = await import('./channel.ts'));
    Reflect.set(process, 'binding', binding);
  });

  const dialled = async (host?: string, first = ''): Promise<{ channel: AnyChannel; notes: Notes; far: Socket }> => {
    const { to, far } = await listen(host);
    const [channel, notes] = [Channel.dial(to, first), new Notes()];
    channel.reader = notes;
    return { channel, notes, far: await far };
  };

  it.each(['127.0.0.1', '::1', 'localhost'])('says first what it was told to, and then what is written, to %s', async (host) => {
    const { channel, far } = await dialled(host, 'first ');
    await until(() => !channel.socket.connecting);
    channel.socket.write('höre ', 'latin1');
    channel.socket.write(Buffer.from('bytes '));
    channel.socket.end('last');
    expect(Buffer.concat(await far.toArray()).toString('latin1')).toBe('first höre bytes last');
    far.destroy();
  });

  it('keeps what is written before it is connected', async () => {
    const { to, far } = await listen();
    const channel = Channel.dial(to);
    channel.socket.write('early ', 'latin1');
    channel.socket.end('end');
    expect(await text(await far)).toBe('early end');
    (await far).destroy();
  });

  it('tells why nobody was reached', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const to = addressOf('127.0.0.1', server);
    await new Promise((done) => server.close(done));
    const notes = new Notes();
    Channel.dial(to).reader = notes;
    await eventually(() => expect(notes.events).toEqual(['closed ECONNREFUSED']));
  });

  it('tells why there is no way to somebody, whatever was to be said', async () => {
    const notes = new Notes();
    const { socket } = Object.assign(Channel.dial({ host: '255.255.255.255', port: 80, family: 4 }), { reader: notes });
    const left: boolean[] = [];
    socket.write('hello', 'latin1');
    socket.write(Buffer.from(' there'), (error) => left.push(error instanceof Error));
    await eventually(() => expect([notes.events, left]).toEqual([['closed ENETUNREACH'], [true]]));
    expect(socket.connecting).toBe(false);
  });

  it('does not connect any more once it is destroyed', async () => {
    const { to } = await listen();
    const [channel, notes] = [Channel.dial(to), new Notes()];
    channel.reader = notes;
    channel.socket.destroy();
    expect(channel.socket.connecting).toBe(false);
    await eventually(() => expect(notes.events).toEqual(['closed']));
  });

  it('reads nothing while it is paused, nor when its reader wants no more', async () => {
    const { channel, notes, far } = await dialled();
    notes.goesOn = false;
    far.write('one');
    await until(() => notes.heard === 'one');
    far.write(MANY);
    await until(() => far.writableLength > 0);
    await new Promise(setImmediate);
    expect(notes.bytes).toBe(3);
    notes.goesOn = true;
    channel.socket.pause();
    channel.resume();
    await until(() => notes.bytes === 3 + MANY.length);
    channel.socket.destroy();
  });

  it('asks to hold on until what was written has left', async () => {
    const { channel, notes, far } = await dialled();
    await until(() => !channel.socket.connecting);
    expect(channel.socket.write(MANY, (error) => notes.events.push(`${error instanceof Error}, ${channel.socket.writableLength} left`))).toBe(false);
    expect([channel.socket.writableLength > 0, notes.events]).toEqual([true, []]);
    far.resume();
    await eventually(() => expect(notes.events).toEqual(['drained', 'false, 0 left']));
    channel.socket.destroy();
  });

  it('asks nobody to write on after the end', async () => {
    const { channel, notes, far } = await dialled();
    await until(() => !channel.socket.connecting);
    channel.socket.write(MANY);
    channel.socket.end(undefined, () => notes.events.push('finished'));
    far.resume();
    await eventually(() => expect(notes.events).toEqual(['finished']));
    channel.socket.destroy();
    far.destroy();
  });

  it('hears that the other end says no more, and can still speak', async () => {
    const { channel, notes, far } = await dialled();
    far.end('bye');
    await until(() => notes.events.includes('ended'));
    expect([notes.heard, channel.socket.readableEnded, channel.socket.writable]).toEqual(['bye', true, true]);
    channel.socket.end('and you');
    expect(await text(far)).toBe('and you');
    await eventually(() => expect(notes.events).toEqual(['ended', 'closed']));
    expect([channel.socket.writableFinished, channel.socket.destroyed]).toEqual([true, true]);
  });

  it('delivers all of it before it is destroyed soon', async () => {
    const { channel, notes, far } = await dialled();
    await until(() => !channel.socket.connecting);
    channel.socket.write(MANY);
    channel.socket.destroySoon();
    expect([channel.socket.writable, channel.socket.writableEnded, channel.socket.destroyed]).toEqual([false, true, false]);
    expect((await text(far)).length).toBe(MANY.length);
    far.destroy();
    await until(() => notes.events.includes('closed'));
  });

  it('tells those who still write when it is destroyed, and is closed once', async () => {
    const { channel, notes } = await dialled();
    await until(() => !channel.socket.connecting);
    const left: boolean[] = [];
    channel.socket.write(MANY, (error) => left.push(error instanceof Error));
    channel.socket.destroy();
    channel.socket.destroy();
    channel.socket.write(Buffer.from('late'), (error) => left.push(error instanceof Error));
    await eventually(() => expect([left, notes.events]).toEqual([[true, true], ['closed']]));
  });

  it('counts its bytes, which are still known when it is closed', async () => {
    const { channel, notes, far } = await dialled('127.0.0.1', 'hello');
    far.end('good bye');
    await until(() => notes.events.includes('ended'));
    channel.socket.end('!');
    await until(() => notes.events.includes('closed'));
    expect([channel.socket.bytesWritten, channel.socket.bytesRead]).toEqual([6, 8]);
    far.destroy();
  });

  it('hears that the other end was reset', async () => {
    const { notes, far } = await dialled();
    far.resetAndDestroy();
    await eventually(() => expect(notes.events.at(-1)).toBe('closed ECONNRESET'));
  });

  it('becomes a stream that begins with what was not read, and a channel again', async () => {
    const { channel, far } = await dialled();
    await until(() => !channel.socket.connecting);
    const stream = channel.stream(Buffer.from('unread '));
    far.write('and more');
    let heard = '';
    stream.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    stream.resume();
    await until(() => heard === 'unread and more');
    stream.write('answered ');
    stream.removeAllListeners('data');
    const back = Channel.takeBack(stream);
    const notes = new Notes();
    back.channel.reader = notes;
    back.channel.resume();
    far.write('again');
    await until(() => notes.heard === 'again');
    back.channel.socket.end('over');
    expect([await text(far), back.channel]).toEqual(['answered over', channel]);
    far.destroy();
    await until(() => notes.events.includes('closed'));
  });

  it('is a stream that says no more when it did not before', async () => {
    const { channel, far } = await dialled();
    await until(() => !channel.socket.connecting);
    channel.socket.write(MANY);
    channel.socket.end('last');
    const stream = channel.stream(Buffer.alloc(0));
    expect(stream.writable).toBe(false);
    expect((await text(far)).length).toBe(MANY.length + 4);
    far.end();
    await until(() => stream.resume().closed);
  });

  it('is a stream that is destroyed when it was before, and leaves once', async () => {
    const { channel } = await dialled();
    const left: string[] = [];
    channel.keeper = { left: () => void left.push('left') };
    channel.socket.destroy();
    const stream = channel.stream(Buffer.alloc(0));
    expect(stream.destroyed).toBe(true);
    await until(() => stream.closed && left.length > 0);
    await new Promise(setImmediate);
    expect(left).toEqual(['left']);
  });

  it('has no other kind than it should', async () => {
    const { channel } = await dialled();
    expect(channel.socket.constructor.name).toBe(kind === 'handles of libuv' ? TcpWire.name : 'Socket');
    channel.socket.destroy();
  });
});
