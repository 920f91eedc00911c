import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { z } from 'zod';
import type { DataFolder } from './data-folder.ts';

const Status = z.object({ pid: z.number(), processes: z.array(z.object({ name: z.string(), status: z.string(), pid: z.number().nullable(), restarts: z.number() })) });
export type SupervisorStatus = z.infer<typeof Status>;

function ask(data: DataFolder, method: 'GET' | 'POST', path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: data.file('supervisor.sock'), method, path }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    call.once('error', reject);
    call.end();
  });
}

/** What the supervisor of this data folder reports, or `undefined` when none runs. */
export async function supervisorStatus(data: DataFolder): Promise<SupervisorStatus | undefined> {
  if (!existsSync(data.file('supervisor.sock'))) return undefined;
  return ask(data, 'GET', '/status').then(
    (answer) => Status.parse(answer),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') return undefined; // killed: its socket outlived it
      throw error;
    },
  );
}

/** Stops all processes in order. Resolves when they are gone; nothing to do where none runs. */
export async function stopSupervisor(data: DataFolder): Promise<boolean> {
  if (!(await supervisorStatus(data))) return false;
  await ask(data, 'POST', '/stop');
  return true;
}
