import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { RuntimeEvent } from '@weir/container-runtime';
import { isId } from '@weir/domain';
import type { DockerConnection } from '../client/connect-docker.ts';
import { LABEL } from '../names.ts';

const KINDS: Record<string, RuntimeEvent['kind']> = { start: 'started', die: 'ended', destroy: 'ended', oom: 'memory-exceeded' };
const RECONNECT_MS = 500;

interface EngineEvent {
  readonly Action?: string;
  readonly Actor?: { readonly Attributes?: Record<string, string> };
}

/** One line of the engine's event stream in our words, or nothing if it is not about an instance. */
export function runtimeEvent(line: string): RuntimeEvent | undefined {
  const event = JSON.parse(line) as EngineEvent;
  const kind = KINDS[event.Action ?? ''];
  const id = event.Actor?.Attributes?.[LABEL.instance];
  return kind && id !== undefined && isId('instance', id) ? { id, kind } : undefined;
}

/** Events of this installation's instances, until `signal`. When the engine is away it asks again until it is back. */
export async function* engineEvents({ streams }: DockerConnection, installation: string, signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
  while (!signal.aborted) {
    try {
      const filters = { type: ['container' as const], event: Object.keys(KINDS), label: [`${LABEL.installation}=${installation}`, `${LABEL.kind}=instance`] };
      const stream: unknown = await streams.getEvents({ filters, abortSignal: signal });
      if (!(stream instanceof Readable)) throw new TypeError('the engine gave no stream of events');
      let rest = '';
      for await (const chunk of stream) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const event = line.trim() === '' ? undefined : runtimeEvent(line);
          if (event) yield event;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Error)) throw error; // an engine that is away is an Error; it comes back
    }
    await wait(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
  }
}
