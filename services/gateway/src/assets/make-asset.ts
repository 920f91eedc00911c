import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { headText } from '../transport/answer-head.ts';
import { joined } from '../transport/joined.ts';
import { valueOf } from '../request/values-of.ts';
import { Asset, type Coding, type Variant } from './asset.ts';

const COMPRESSIBLE = /^(?:text\/|application\/(?:javascript|json|wasm|xml|manifest\+json)|image\/svg)/i;
/** Beyond it, time doubles for a few hundredths of size. */
const BROTLI_QUALITY = 7;
/** A coding that saves less than a tenth is not worth its decoding. */
const WORTH = 0.9;

/**
 * Makes a kept file of an answer's headers, as browsers get them, and its body. Compression runs on other threads.
 *
 * @param also a coding that is kept even where others are shorter
 */
export async function makeAsset(headers: readonly string[], body: Buffer, also?: 'identity'): Promise<Asset> {
  const etag = valueOf(headers, 'etag');
  const variants = new Map<Coding, Variant>();
  if (COMPRESSIBLE.test(valueOf(headers, 'content-type') ?? '')) {
    const [br, gzipped] = [
      await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
      await promisify(gzip)(body),
    ];
    if (br.length < body.length * WORTH) variants.set('br', variant(headers, br, 'br'));
    if (gzipped.length < body.length * WORTH) variants.set('gzip', variant(headers, gzipped, 'gzip'));
  }
  if (variants.size === 0 || also) variants.set('identity', variant(headers, body, 'identity'));
  return new Asset(variants, etag);
}

function variant(own: readonly string[], body: Buffer, coding: Coding): Variant {
  const headers: string[] = [];
  for (let i = 0; i < own.length; i += 2) {
    const [name = '', value = ''] = [own[i], own[i + 1]];
    const lower = name.toLowerCase();
    if (lower === 'content-length' || lower === 'vary') continue;
    // The same strong tag may not stand for other bytes (RFC 9110 §8.8.1).
    headers.push(name, lower === 'etag' && coding !== 'identity' && !value.startsWith('W/') ? `W/${value}` : value);
  }
  if (coding !== 'identity') headers.push('Content-Encoding', coding, 'Vary', 'Accept-Encoding');
  headers.push('Content-Length', String(body.length));
  const whole = joined(headText('HTTP/1.1 200 OK', headers), body);
  return { headers, whole, body: whole.subarray(whole.length - body.length) };
}
