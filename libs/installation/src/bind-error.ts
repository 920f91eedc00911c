import { createServer } from 'node:net';

/** Why this machine would not let us listen there: the system's code, such as `EADDRINUSE`; nothing where it would. */
export function bindError(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => void server.close(() => resolve(undefined)));
  });
}
