import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitServer {
  /** What lies here as a bare repository is served. */
  readonly folder: string;
  /** `HOST:PORT`. */
  readonly host: string;
  /** Stops it and removes the folder. */
  close(): Promise<void>;
}

/** A plain smart-HTTP Git server over the repositories in a folder of its own: somebody else's, as far as a build can see. */
export async function openGitServer(): Promise<GitServer> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-git-server-'));
  const server = createServer(httpBackend(folder)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    folder,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function httpBackend(folder: string): RequestListener {
  return (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const backend = spawn('git', ['http-backend'], {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', GIT_PROJECT_ROOT: folder, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: decodeURIComponent(path), QUERY_STRING: query, REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '' },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.stdout.on('end', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer.subarray(0, end).toString('latin1').split('\r\n').map((line) => line.split(/:\s*/, 2) as [string, string]);
      response.writeHead(Number.parseInt(headers.find(([name]) => name === 'Status')?.[1] ?? '200', 10), Object.fromEntries(headers)).end(answer.subarray(end + 4));
    });
  };
}
