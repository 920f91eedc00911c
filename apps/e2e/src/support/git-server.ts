import { spawn } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** Parts the answer of a CGI program: its headers, and the first bytes of the body. */
function partCgi(answer: Buffer): { status: number; headers: Record<string, string>; body: Buffer } | undefined {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const lines = answer.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2) as [string, string]));
  return { status: Number.parseInt(headers['Status'] ?? '200', 10), headers, body: answer.subarray(end + 4) };
}

/** Answers as any public Git host does, reading only, from the bare repositories in a folder. */
const serve = (folder: string): RequestListener => (request, response) => {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.headers['git-protocol']?.toString(),
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  pipeline(request, backend.stdin, () => undefined); // a client that hangs up ends the program
  let head = Buffer.alloc(0);
  backend.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const parted = partCgi(head);
    if (parted) response.writeHead(parted.status, parted.headers).write(parted.body);
  });
  backend.once('close', () => response.end());
};

/** Somebody else's Git server, on a loopback port of its own. */
export class GitServer {
  private constructor(readonly host: string, private readonly server: Server) {}

  static async start(folder: string): Promise<GitServer> {
    const server = createServer(serve(folder));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return new GitServer(`127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => void this.server.close(resolve));
  }
}
