import type { ServerResponse } from 'node:http';
import type { OwnAnswer } from '../tab/own-answer.ts';

export function answerOwn(response: ServerResponse, { headers, body }: OwnAnswer): void {
  response.writeHead(200, { ...headers, 'Content-Length': body.length }).end(body);
}
