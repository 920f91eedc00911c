import { setTimeout as delay } from 'node:timers/promises';
import { type ApiClient, streamLog } from '@weir/api-client';
import type { DeploymentView, LogLine } from '@weir/contracts';
import { isPending } from '@weir/domain';

const PAUSE_MS = 250;
/** After the end, the log's last lines get so long to arrive. */
const LAST_LINES_MS = 3000;
/** After it is live, the gateway gets so long to say that it routes to it. */
const ROUTED_MS = 10_000;

interface Told {
  readonly line: (line: LogLine) => void;
  /** Its place in line, when it waits for its build and each time that changes. */
  readonly place: (place: number) => void;
}

/** Waits until a deployment has ended, and hands on its log meanwhile. */
export async function watchDeployment(client: ApiClient, { app, id }: DeploymentView, told: Told): Promise<DeploymentView> {
  const ending = new AbortController();
  const log = follow(client, app, id, told.line, ending.signal);
  let place: number | null = null;
  let looks = 0;
  try {
    const ended = await until(client, id, ({ status, queuePosition }) => {
      // The first look comes at once, when hardly any build has begun yet.
      if (++looks > 1 && queuePosition !== null && queuePosition !== place) told.place((place = queuePosition));
      return !isPending(status);
    });
    await Promise.race([log, delay(LAST_LINES_MS, undefined, { ref: false })]);
    if (ended.status !== 'live') return ended;
    return await until(client, id, ({ phases }) => phases.routed !== undefined, ROUTED_MS);
  } finally {
    ending.abort();
    await log;
  }
}

async function until(client: ApiClient, deployment: DeploymentView['id'], isSo: (view: DeploymentView) => boolean, limitMs = Number.POSITIVE_INFINITY): Promise<DeploymentView> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const view = await client.call('deployments.read', { params: { deployment } });
    if (isSo(view) || performance.now() > giveUpAt) return view;
    await delay(PAUSE_MS);
  }
}

async function follow(client: ApiClient, app: string, deployment: DeploymentView['id'], onLine: (line: LogLine) => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const line of streamLog(client, app, { kind: 'build', deployment, follow: true, signal })) onLine(line);
  } catch (error) {
    // A log that breaks off must not hide how the deployment ends.
    if (!signal.aborted) onLine({ seq: 0, at: new Date().toISOString(), stream: 'system', text: `the log broke off: ${error instanceof Error ? error.message : String(error)}` });
  }
}
