import { CLOSE_OPCODE, closingFrame, FrameReader } from './frames.ts';
import { visitors } from './visitor.ts';
import { Wire } from './wire.ts';
import { inTurn, type Opens } from './work.ts';

/** WebSockets that are opened, and closed as a browser does: a closing frame each way, then the connection's end. */
export const openings: Opens = async ({ port, hosts }, tally) => {
  const next = inTurn(await visitors(port, hosts, hosts.length));
  const closing = closingFrame('client');
  const begin = (dueAt: number): void => {
    let closed = false;
    tally().begun();
    const wire = new Wire(port, (error) => (closed ? undefined : tally().failed(error)));
    wire.socket.once('close', () => closed && tally().ended(dueAt));
    wire.ask(next().upgrade('')).then(
      ({ status }) => {
        if (status !== 101) return tally().failed(new Error(`an upgrade was answered ${status}`));
        const frames = new FrameReader((opcode) => {
          closed ||= opcode === CLOSE_OPCODE;
          wire.socket.end();
        });
        wire.receive = (chunk) => frames.feed(chunk);
        wire.socket.write(closing);
      },
      (error: Error) => tally().failed(error),
    );
  };
  return { begin, close: () => undefined };
};
