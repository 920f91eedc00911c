import { AnswerReader } from './answer-reader.ts';
import type { Order } from './order.ts';
import { ASSET_BYTES } from './sizes.ts';
import type { Tally } from './tally.ts';
import { type Visitor, visitors } from './visitor.ts';
import { Wire } from './wire.ts';
import type { Opens } from './work.ts';

/** A kept connection that carries one request at a time. */
class Caller {
  readonly #wire: Wire;
  readonly #request: string;
  #dueAt = 0;
  #open = true;

  constructor(port: number, request: string, whole: (bytes: number, head: string) => boolean, tally: () => Tally, free: (caller: Caller) => void) {
    this.#request = request;
    this.#wire = new Wire(port, (error) => this.#open && tally().failed(error));
    const reader = new AnswerReader(({ status, bodyBytes, head }) => {
      if (status !== 200 || !whole(bodyBytes, head)) tally().failed(new Error(`a wrong answer, ${status} with ${bodyBytes} bytes`));
      tally().ended(this.#dueAt);
      free(this);
    });
    this.#wire.receive = (chunk) => reader.feed(chunk);
  }

  ask(dueAt: number): void {
    this.#dueAt = dueAt;
    this.#wire.socket.write(this.#request);
  }

  close(): void {
    this.#open = false;
    this.#wire.socket.destroy();
  }
}

/** Small answers that no one may keep, and that the app alone can give. */
export const requests: Opens = (order, tally) => call(order, tally, (visitor) => visitor.get('/_stcore/health'), (bytes) => bytes > 0);

/** A hashed script, as it is or compressed. */
export const assets: Opens = (order, tally) =>
  call(order, tally, (visitor) => visitor.get('/static/js/index.CcFifQPt.js'), (bytes, head) => (/\r\ncontent-encoding:/i.test(head) ? bytes > 0 : bytes === ASSET_BYTES));

async function call({ port, hosts, connections }: Order, tally: () => Tally, requestOf: (visitor: Visitor) => string, whole: (bytes: number, head: string) => boolean): ReturnType<Opens> {
  const waiting: number[] = [];
  const idle: Caller[] = [];
  const free = (caller: Caller): void => {
    const dueAt = waiting.shift();
    if (dueAt === undefined) idle.push(caller);
    else caller.ask(dueAt);
  };
  const callers = (await visitors(port, hosts, connections)).map((visitor) => new Caller(port, requestOf(visitor), whole, tally, free));
  idle.push(...callers);
  return {
    begin: (dueAt) => {
      tally().begun();
      const caller = idle.shift(); // the longest idle: all are used
      if (caller) caller.ask(dueAt);
      else waiting.push(dueAt);
    },
    close: () => callers.forEach((each) => each.close()),
  };
}
