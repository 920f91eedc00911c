import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHeaders } from '../request/headers.ts';
import { answerDocument, headStart, MOST_SEARCHED_BYTES, takesInsertion, type Insertion } from '../tab/insertion.ts';
import type { Exchange } from './exchange.ts';

/** Passes an upstream's answer on, with what is to be inserted into it if it is a document. */
export function relayAnswer(answer: IncomingMessage, response: ServerResponse, { audience, setCookie, insertion }: Exchange): void {
  const headers = answerHeaders(answer.rawHeaders, audience);
  if (setCookie !== undefined) headers.push('Set-Cookie', setCookie);
  response.sendDate = false;
  answer.on('error', () => response.destroy());
  const begin = (sent: string[]): void => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', sent);
    response.flushHeaders();
  };
  if (!insertion || !takesInsertion(answer.statusCode ?? 0, answer.headers['content-type'], answer.headers['content-encoding'])) {
    begin(headers);
    answer.pipe(response);
  } else if (answer.statusCode === 304 || response.req.method === 'HEAD') {
    begin(answerDocument(headers, insertion, undefined));
    answer.pipe(response);
  } else {
    insert(answer, response, insertion, (added) => begin(added === 0 ? headers : answerDocument(headers, insertion, added)));
  }
}

/** Holds the answer back until the head has begun, which is within its first bytes or not at all. */
function insert(answer: IncomingMessage, response: ServerResponse, { html }: Insertion, begin: (added: number) => void): void {
  let held = Buffer.alloc(0);
  const flush = (): void => {
    answer.off('data', hear).off('end', flush);
    const start = headStart(held);
    begin(start === -1 ? 0 : html.length);
    if (start === -1) response.write(held);
    else response.write(Buffer.concat([held.subarray(0, start), html, held.subarray(start)]));
    if (answer.readableEnded) response.end();
    else answer.pipe(response);
  };
  const hear = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    if (headStart(held) !== -1 || held.length >= MOST_SEARCHED_BYTES) flush();
  };
  answer.on('data', hear).once('end', flush);
}
