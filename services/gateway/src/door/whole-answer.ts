import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { AssetReply } from '../assets/asset.ts';
import type { Resolution } from '../resolution.ts';
import { pageAnswer, type WholeAnswer } from '../pages/pages.ts';
import { headText } from '../transport/answer-head.ts';
import { joined } from '../transport/joined.ts';
import { NOTHING } from '../transport/nothing.ts';

/** What is answered without asking an upstream. */
export type OwnResolution = Exclude<Resolution, { readonly kind: 'forward' | 'hold' }>;


export function wholeAnswer(resolution: OwnResolution, navigation: boolean): WholeAnswer {
  switch (resolution.kind) {
    case 'page':
      return pageAnswer(resolution.page, navigation);
    case 'answer':
      return { status: 200, headers: { ...resolution.answer.headers, 'Content-Length': resolution.answer.body.length }, body: resolution.answer.body };
    case 'redirect':
      return { status: 302, headers: { Location: resolution.location, 'Cache-Control': 'no-store', 'Content-Length': 0 }, body: NOTHING };
  }
}

export function send(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
  response.writeHead(status, headers).end(body);
}

/** The same as bytes, for a connection without a ServerResponse. */
export function answerBytes({ status, headers, body }: WholeAnswer, method: string, keepAlive: boolean): Buffer {
  const lines = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  if (!keepAlive) lines.push('Connection', 'close');
  return joined(headText(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, lines), method === 'HEAD' ? NOTHING : body);
}

/** Something that the gateway has kept. */
export function sendKept(response: ServerResponse, { status, headers, body }: AssetReply, setCookie: string | undefined): void {
  response.writeHead(status, [...headers, ...(setCookie === undefined ? [] : ['Set-Cookie', setCookie])]).end(body);
}
