import type { PushReceived } from '@weir/contracts';
import { type AppId, newId } from '@weir/domain';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { z } from 'zod';

export const TOKEN = 'a-good-token';

/** The control plane's answers that the Git remote needs, over real HTTP: one app, one token, one deployment a push. */
export function pretendControlPlane(app: AppId): { server: Server; pushes: z.output<typeof PushReceived>[] } {
  const pushes: z.output<typeof PushReceived>[] = [];
  const deployment = newId('deployment', Date.now(), randomBytes(16));
  const at = new Date().toISOString();
  const server = createServer((request, response) => {
    const send = (status: number, body: object): void => void response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(body));
    const problem = (status: number): void => send(status, { type: 'about:blank', title: 'Refused', status, code: 'auth.required', detail: 'There is no such token.' });
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8'))).on('end', () => {
      const body = (text === '' ? {} : JSON.parse(text)) as { token?: string };
      const path = (request.url ?? '').split('?')[0];
      if (path === '/internal/git/authorize') return body.token === TOKEN ? send(200, { app, workspace: newId('workspace', 0, new Uint8Array(16)), branch: null, example: null }) : problem(401);
      if (path?.endsWith('/pushes')) {
        pushes.push(body as z.output<typeof PushReceived>);
        return send(200, { deployment, branch: 'main' });
      }
      if (path?.startsWith('/internal/logs/')) {
        const after = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after'));
        return send(200, { lines: after === 0 ? [{ seq: 1, at, stream: 'stdout', text: 'Installing \u001b]0;title\u0007things' }] : [], ended: after > 0 });
      }
      return problem(404);
    });
  });
  return { server, pushes };
}
