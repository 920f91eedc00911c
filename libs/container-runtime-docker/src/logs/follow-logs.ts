import type { RuntimeLogLine } from '@weir/container-runtime';
import type { DockerConnection } from '../client/connect-docker.ts';
import { CALL_TIMEOUT_MS } from '../client/connect-docker.ts';
import { asRuntimeProblem, tolerating } from '../client/docker-problem.ts';
import { LogFrames } from './log-frames.ts';

const OPTIONS = { stdout: true, stderr: true, timestamps: true } as const;

/** What a container writes, from `since` on, until it ends or `signal`. The engine goes on at its own pace: a slow reader never blocks the app. */
export async function* followLogs({ streams }: DockerConnection, container: string, since: Date | null, signal: AbortSignal): AsyncGenerator<RuntimeLogLine> {
  const opening = new AbortController();
  const limit = setTimeout(() => opening.abort(new Error('the log did not open in time')), CALL_TIMEOUT_MS);
  const abort = () => opening.abort();
  signal.addEventListener('abort', abort, { once: true });
  const frames = new LogFrames();
  try {
    const from = since ? (since.getTime() / 1000).toFixed(3) : 0;
    const stream = await tolerating([404], () => streams.getContainer(container).logs({ ...OPTIONS, follow: true, since: from as number, abortSignal: opening.signal }));
    clearTimeout(limit);
    if (!stream || signal.aborted) return;
    for await (const chunk of stream) yield* frames.push(chunk as Buffer);
    yield* frames.end();
  } catch (error) {
    if (!signal.aborted) throw asRuntimeProblem(error);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', abort);
    opening.abort();
  }
}

/** The last lines of a container, oldest first; none of one that is gone. */
export async function lastLogLines({ calls }: DockerConnection, container: string, count: number): Promise<string[]> {
  const data = await tolerating([404], () => calls.getContainer(container).logs({ ...OPTIONS, follow: false, tail: count }));
  if (!data) return [];
  const frames = new LogFrames();
  return [...frames.push(data), ...frames.end()].slice(-count).map((line) => line.text);
}
