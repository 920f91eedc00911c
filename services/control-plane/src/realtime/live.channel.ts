import { Inject, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Subscribe } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { LOGGER } from '../http/logger.ts';
import { problemOf } from '../http/problem.ts';
import { LiveAccess } from './live-access.ts';
import { LiveSocket } from './live-socket.ts';
import { Topics } from './topics.ts';

const CHECK_EVERY_MS = 5000;
const MOST_TOPICS = 50;
const MOST_BYTES = 16_384;

/**
 * The live channel at `/live`. A client sends `{event: 'subscribe', data: Subscribe}` as often as
 * it likes and gets what `LiveMessage` lists. Who signed out or lost a role is cut within seconds.
 */
@WebSocketGateway({ path: '/live', maxPayload: MOST_BYTES })
export class LiveChannel implements OnGatewayConnection, OnApplicationBootstrap, OnModuleDestroy {
  readonly #sockets = new Map<WebSocket, LiveSocket>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly access: LiveAccess, private readonly topics: Topics, @Inject(LOGGER) private readonly log: Logger) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#check(), CHECK_EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    for (const live of this.#sockets.values()) live.closeForNow();
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', (error) => this.log.debug({ err: error }, 'live.socket_error'));
    const actor = this.access.actorOf(request.headers).catch((error: unknown) => {
      this.log.warn({ err: error }, 'live.authentication_failed');
      return undefined;
    });
    const live = new LiveSocket(socket, request.headers, actor);
    this.#sockets.set(socket, live);
    socket.once('close', () => this.#sockets.delete(socket));
    void actor.then((found) => (found ? undefined : live.refuse('auth.required', 'Sign in, or send an API token.')));
  }

  @SubscribeMessage('subscribe')
  async subscribe(@ConnectedSocket() socket: WebSocket, @MessageBody() body: unknown): Promise<void> {
    const live = this.#sockets.get(socket);
    const ctx = await live?.actor;
    if (!live || !ctx) return; // refused already
    const topic = Subscribe.safeParse(body);
    if (!topic.success) return live.send({ event: 'problem', data: { code: 'request.invalid', detail: 'There is no such topic.' } });
    if (live.topics >= MOST_TOPICS) return live.send({ event: 'problem', data: { code: 'live.too_many_topics', detail: `One connection follows at most ${MOST_TOPICS} topics.` } });
    live.topics += 1;
    try {
      for await (const message of this.topics.follow(ctx, topic.data, live.gone)) await live.send(message);
    } catch (error) {
      const { code, detail, status } = problemOf(error);
      if (status >= 500) this.log.error({ err: error, topic: topic.data.topic }, 'live.topic_failed');
      await live.send({ event: 'problem', data: { code, detail } });
      if (status >= 500) live.closeForNow(); // the client comes back and gets the present state
    } finally {
      live.topics -= 1;
    }
  }

  /** Asks again who everybody is. While the database is away, those who are in stay. */
  async #check(): Promise<void> {
    for (const live of this.#sockets.values()) {
      live.probe();
      const before = await live.actor;
      if (!before) continue;
      try {
        const now = await this.access.actorOf(live.headers);
        if (now?.workspaceId !== before.workspaceId || now.role !== before.role) await live.refuse('auth.required', 'Sign in, or send an API token.');
      } catch (error) {
        this.log.warn({ err: error }, 'live.check_failed');
        return;
      }
    }
  }
}
