import { get } from 'node:http';
import type { Address } from '../transport/address.ts';

const LIMIT_MS = 10_000;
const MOST_BYTES = 262_144;

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Asks an upstream for a small page, as a browser that has never been there. @throws Error where none comes, or a large one */
export function askUpstream({ host, port }: Address, authority: string, path: string): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    const asked = get({ host, port, path, agent: false, signal: AbortSignal.timeout(LIMIT_MS), headers: { Host: authority, Accept: 'text/html' } }, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('error', reject).on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) asked.destroy(new Error('the page is too large'));
        else chunks.push(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.rawHeaders, body: Buffer.concat(chunks) }));
    }).on('error', reject);
  });
}
