import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHeaders } from '../request/headers.ts';
import { answerDocument, takesInsertion, type Insertion } from '../tab/insertion.ts';
import { DocumentStart } from './document-start.ts';
import type { Exchange } from './exchange.ts';
import { NOTHING } from './nothing.ts';

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

/** Holds the answer back until it is known where its document's head begins. */
function insert(answer: IncomingMessage, response: ServerResponse, { html }: Insertion, begin: (added: number) => void): void {
  const document = new DocumentStart('close', html); // node:http has taken the framing off
  const take = (bytes: Buffer, isOver: boolean): void => {
    const started = document.add(bytes, isOver);
    if (!started) return;
    answer.off('data', hear).off('end', end);
    begin(started.added);
    response.write(started.bytes);
    if (isOver) response.end();
    else answer.pipe(response);
  };
  const hear = (chunk: Buffer): void => take(chunk, false);
  const end = (): void => take(NOTHING, true);
  answer.on('data', hear).once('end', end);
}

