import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@weir/telemetry';
import { plainAddress, type Address } from '../transport/address.ts';
import type { OpenSockets } from '../transport/open-sockets.ts';
import { Channel, type ChannelKeeper } from '../transport/channel.ts';
import { KEEP_ALIVE_MS } from '../transport/dialling.ts';
import { ABSENT, Roster, type Listed } from '../transport/roster.ts';
import type { Wire } from '../transport/wire.ts';
import { acceptChannels } from './accept-channels.ts';
import type { AddressLimits, AddressRefusal, Guest } from './address-limits.ts';
import { awaitProxyHeader } from './await-proxy-header.ts';
import type { Certificates } from './certificates.ts';
import type { ConnectionServer } from './connection-server.ts';
import { refuse } from './refuse.ts';
import { secure } from './tls-stage.ts';
import type { TrustedProxies } from './trusted-proxies.ts';
import { NOTHING } from '../transport/nothing.ts';

/** One public address, and what is spoken there. */
export interface Listener {
  readonly address: Address;
  readonly tls: boolean;
  /** Trusted proxies begin every connection here with a PROXY header. */
  readonly proxyProtocol: boolean;
}

/** A connection that was accepted, until it is closed. */
class Arrival implements ChannelKeeper, Listed {
  place = ABSENT;
  /** The address that it counts for. */
  guest: Guest | undefined;

  constructor(
    readonly channel: Channel,
    readonly tls: boolean,
    private readonly closed: (arrival: Arrival) => void,
  ) {}

  left(): void {
    this.closed(this);
  }
}

export type ConnectionRefusal = AddressRefusal | 'ceiling' | 'proxy-header' | 'tls';

export interface FrontDoorParts {
  readonly server: ConnectionServer;
  /** Every WebSocket that is open. */
  readonly relays: OpenSockets;
  readonly limits: AddressLimits;
  /** Connections at once, of all addresses. */
  readonly ceiling: number;
  readonly proxies: TrustedProxies;
  readonly certificates: Certificates | undefined;
  readonly refused: (reason: ConnectionRefusal) => void;
  readonly log: Logger;
}

/** Service restart, as uvicorn says it too (RFC 6455 §7.4.2 registry). */
const SERVICE_RESTART = 1012;
const CLOSING_MS = 2_000;
const POLL_MS = 50;
/** When so much of the ceiling is taken, idle connections make room. */
const CROWDED = 0.9;
const MAKE_ROOM_MS = 1_000;

/**
 * The public listeners, and the way they close.
 *
 * A connection passes, in this order: the ceiling, its PROXY header, the limits of its address, TLS. What is
 * left is a plain connection of a known peer, which the server takes over.
 */
export class FrontDoor {
  readonly #parts: FrontDoorParts;
  readonly #listening: Server[] = [];
  readonly #open = new Roster<Arrival>();
  #madeRoomAt = -Infinity;
  #draining = false;

  constructor(parts: FrontDoorParts) {
    this.#parts = parts;
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#open.size;
  }

  /** Listens on one more address. @returns the port, which matters when 0 was asked for */
  async listen(listener: Listener): Promise<number> {
    const { host, port } = listener.address;
    const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: listener.tls, keepAliveInitialDelay: KEEP_ALIVE_MS });
    if (listener.tls) server.on('connection', (socket) => this.#accept(Channel.over(socket), listener));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ port, host, backlog: 4096 }, resolve));
    if (!listener.tls) acceptChannels(server, (channel) => this.#accept(channel, listener));
    this.#listening.push(server);
    server.on('error', (error) => this.#parts.log.error({ err: error, host, port }, 'listener.error'));
    const bound = server.address();
    return typeof bound === 'object' && bound ? bound.port : port;
  }

  /**
   * Takes no new connection, lets requests finish, then closes WebSockets with 1012.
   *
   * Sockets go last: their browsers come back at once, and want to find the next process.
   */
  async drain(limitMs: number): Promise<void> {
    const { server, relays } = this.#parts;
    this.#draining = true;
    for (const listening of this.#listening) listening.close();
    server.drain();
    const deadline = performance.now() + limitMs;
    await this.#until(() => server.inFlight === 0, deadline - CLOSING_MS);
    for (const { relay } of relays) relay.close(SERVICE_RESTART, 'restarting');
    await this.#until(() => relays.size === 0, Math.min(deadline, performance.now() + CLOSING_MS));
    for (const { relay } of relays) relay.destroy();
    for (const { channel } of this.#open) channel.socket.destroy();
    server.close();
  }

  async #until(done: () => boolean, deadline: number): Promise<void> {
    while (!done() && performance.now() < deadline) {
      this.#parts.server.closeIdle();
      await delay(POLL_MS);
    }
  }

  #accept(channel: Channel, listener: Listener): void {
    const { ceiling, proxies } = this.#parts;
    const { socket } = channel;
    const address = plainAddress(socket.remoteAddress);
    if (address === '') return socket.destroy(); // reset before it was accepted
    if (this.#open.size >= ceiling) return this.#refuse(socket, 'ceiling');
    const arrival = new Arrival(channel, listener.tls, this.#closed);
    this.#open.add(arrival);
    channel.keeper = arrival;
    if (this.#open.size > ceiling * CROWDED) this.#makeRoom();

    if (!listener.proxyProtocol || !proxies.has(address)) return this.#admit(arrival, address, NOTHING);
    awaitProxyHeader(channel, (header, unread) => {
      if (!header) return this.#refuse(socket, 'proxy-header');
      this.#admit(arrival, header.source ?? address, unread);
    });
  }

  /**
   * A proxy carries the connections of many, whom the limits of their own addresses find later.
   *
   * @param unread what has come behind a PROXY header
   */
  #admit(arrival: Arrival, address: string, unread: Buffer): void {
    const { channel, tls } = arrival;
    const { limits, proxies, server, certificates } = this.#parts;
    const { socket } = channel;
    if (!proxies.has(address)) {
      const guest = limits.enter(address);
      if (typeof guest === 'string') {
        if (!tls) refuse(socket, 429);
        return this.#refuse(socket, guest);
      }
      arrival.guest = guest;
    }
    if (!tls || !certificates) {
      channel.resume(); // what is read comes in a later turn
      return server.serve(channel, { address, scheme: 'http' }, unread);
    }
    secure(channel.stream(unread), certificates, (plain) => {
      if (plain) server.serve(Channel.over(plain), { address, scheme: 'https' }, NOTHING);
      else this.#parts.refused('tls');
    });
  }

  readonly #closed = (arrival: Arrival): void => {
    this.#open.delete(arrival);
    if (arrival.guest) this.#parts.limits.leave(arrival.guest);
  };

  #refuse(socket: Wire, reason: ConnectionRefusal): void {
    this.#parts.refused(reason);
    if (socket.writableEnded) socket.resume(); // an answer is on its way
    else socket.destroy();
  }

  #makeRoom(): void {
    const now = performance.now();
    if (now - this.#madeRoomAt < MAKE_ROOM_MS) return;
    this.#madeRoomAt = now;
    this.#parts.server.closeIdle();
  }
}
