import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

export interface PackageIndex {
  readonly url: string;
  /** From now on it has this version of a package; given again, its file has become another. */
  publish(name: string, version: string, code?: string): void;
  /** Files that were fetched, in order. */
  readonly fetched: string[];
  close(): void;
}

/** A package index of its own on this machine, with wheels that are made as they are published. */
export async function openPackageIndex(): Promise<PackageIndex> {
  const files = new Map<string, Buffer>();
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = files.get(path.replace('/files/', ''));
    if (file) {
      fetched.push(path.replace('/files/', ''));
      return response.end(file);
    }
    const name = /^\/simple\/([a-z-]+)\/$/.exec(path)?.[1];
    const links = [...files].filter(([wheel]) => wheel.startsWith(`${name}-`)).map(([wheel, bytes]) => `<a href="/files/${wheel}#sha256=${createHash('sha256').update(bytes).digest('hex')}">${wheel}</a>`);
    return response.writeHead(links.length > 0 ? 200 : 404, { 'content-type': 'text/html' }).end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    publish: (name, version, code = `version = '${version}'\n`) => void files.set(`${name}-${version}-py3-none-any.whl`, wheel(name, version, code)),
    fetched,
    close: () => void server.close(),
  };
}

/** A wheel with one module. */
function wheel(name: string, version: string, code: string): Buffer {
  const info = `${name}-${version}.dist-info`;
  const files: readonly (readonly [string, string])[] = [
    [`${name}.py`, code],
    [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: weir\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ];
  const record = [...files.map(([path]) => `${path},,`), `${info}/RECORD,,`, ''].join('\n');
  return zip([...files, [`${info}/RECORD`, record]]);
}

/** A ZIP archive of texts, without compression. */
function zip(files: readonly (readonly [path: string, text: string])[]): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, body] = [Buffer.from(path), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version that it needs; no flags, no compression, no time
    common.writeUInt16LE(0x21, 8); // the first day of 1980
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, name);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, body);
    offset += 4 + common.length + name.length + body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}
