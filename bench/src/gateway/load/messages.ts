import { answerToPing, binaryFrame, FrameReader, isOfMessage, PING_OPCODE } from './frames.ts';
import type { Order } from './order.ts';
import type { Tally } from './tally.ts';
import { type Visitor, visitors } from './visitor.ts';
import { Wire } from './wire.ts';
import { inTurn, type Opens } from './work.ts';

const PUSH_REQUEST_BYTES = 20;
const PONG = answerToPing();

/** An open WebSocket that is answered with one message for each it sends, in order. */
export class Talk {
  readonly wire: Wire;
  readonly #due: number[] = [];
  readonly #tally: () => Tally;
  #open = true;

  private constructor(wire: Wire, tally: () => Tally) {
    this.wire = wire;
    this.#tally = tally;
  }

  /** @throws Error if the upgrade is refused */
  static async open(port: number, visitor: Visitor, query: string, tally: () => Tally): Promise<Talk> {
    const wire = new Wire(port, (error) => talk.#lost(error));
    const talk = new Talk(wire, tally);
    const { status, rest } = await wire.ask(visitor.upgrade(query));
    if (status !== 101) throw new Error(`an upgrade was answered ${status}`);
    const frames = new FrameReader((opcode) => {
      if (opcode === PING_OPCODE) wire.socket.write(PONG);
      else if (isOfMessage(opcode)) tally().ended(talk.#due.shift() ?? 0);
    });
    wire.receive = (chunk) => frames.feed(chunk);
    frames.feed(rest);
    return talk;
  }

  say(frame: Buffer, dueAt: number): void {
    this.#tally().begun();
    this.#due.push(dueAt);
    this.wire.socket.write(frame);
  }

  close(): void {
    this.#open = false;
    this.wire.socket.destroy();
  }

  #lost(error: Error): void {
    if (this.#open) this.#tally().failed(error);
  }
}

/** Messages on open sockets, each echoed. */
export const messages: Opens = (order, tally) => talk(order, tally, '', order.payloadBytes);

/** Small messages, each answered with a large one. */
export const pushes: Opens = (order, tally) => talk(order, tally, '?push', PUSH_REQUEST_BYTES);

async function talk({ port, hosts, connections }: Order, tally: () => Tally, query: string, payloadBytes: number): ReturnType<Opens> {
  const talks = await Promise.all((await visitors(port, hosts, connections)).map((visitor) => Talk.open(port, visitor, query, tally)));
  const next = inTurn(talks);
  const frame = binaryFrame(payloadBytes, 'client');
  return {
    begin: (dueAt) => next().say(frame, dueAt),
    close: () => talks.forEach((each) => each.close()),
  };
}
