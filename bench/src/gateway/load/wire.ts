import { connect, type Socket } from 'node:net';
import { AnswerReader, type Answer } from './answer-reader.ts';

/** One for all connections of this process: what arrives is looked at before the next read. */
const reads = Buffer.allocUnsafe(262_144);

/** A bare connection. What arrives goes to `receive`, in memory that is used again afterwards. */
export class Wire {
  readonly socket: Socket;
  receive: (chunk: Buffer) => void = () => undefined;

  /** @param lost told once, when the connection ends or fails, however that comes */
  constructor(port: number, lost: (error: Error) => void) {
    this.socket = connect({
      port,
      host: '127.0.0.1',
      onread: {
        buffer: reads,
        callback: (bytes) => {
          this.receive(reads.subarray(0, bytes));
          return true;
        },
      },
    });
    this.socket.setNoDelay(true);
    this.socket.once('error', lost).once('close', () => lost(new Error('the connection was closed')));
  }

  /** Sends a request and waits for the head of its answer and all that belongs to it. @throws Error if the connection is lost meanwhile */
  ask(request: string): Promise<Answer & { rest: Buffer }> {
    return new Promise((resolve, reject) => {
      const lost = (error?: Error): void => reject(error ?? new Error('the connection was closed before the answer'));
      this.socket.once('error', lost).once('close', () => lost());
      const reader = new AnswerReader((answer, rest) => {
        this.receive = () => undefined;
        this.socket.off('error', lost);
        resolve({ ...answer, rest: Buffer.from(rest) });
      });
      this.receive = (chunk) => reader.feed(chunk);
      this.socket.write(request);
    });
  }
}
