import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessSpec } from './process-spec.ts';

const LIMIT_MS = 90_000;

/** Waits until each process answers its readiness URL with 200. */
export async function waitReady(specs: readonly ProcessSpec[], token: string): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  await Promise.all(specs.map(async ({ name, readyUrl }) => {
    while (readyUrl) {
      const status = await fetch(readyUrl, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(2000) }).then((response) => response.status, (error: Error) => error.message);
      if (status === 200) return;
      if (Date.now() > limit) throw new Error(`${name} is not ready after ${LIMIT_MS / 1000} s (last answer: ${status})`);
      await delay(50);
    }
  }));
}
