import { ApiClient, InternalClient } from '@weir/api-client';
import { type AppId, type DeploymentId, inLine } from '@weir/domain';

const WAIT_MS = 10_000;
/** Of a build that has said nothing yet: it may wait for its turn. */
const FIRST_LINE_MS = 1500;

interface Follow {
  readonly client: InternalClient;
  /** The control plane, for reading how it ended as the one who pushed. */
  readonly baseUrl: string;
  readonly token: string;
  readonly app: AppId;
  readonly deployment: DeploymentId;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Says a deployment's place in line while it waits, then its build log line by line, and at the end the app's address or why it failed. */
export async function followDeployment({ client, baseUrl, token, app, deployment, signal, say }: Follow): Promise<void> {
  const api = new ApiClient({ baseUrl, token });
  let after = 0;
  let place: number | null = null;
  for (let ended = false; ; ) {
    const page = await client.readLog(deployment, { after, waitMs: ended ? 0 : after === 0 ? FIRST_LINE_MS : WAIT_MS, limit: 1000 }, signal);
    for (const line of page.lines) {
      after = Math.max(after, line.seq);
      say(line.text);
    }
    if (ended && page.lines.length === 0) break;
    ended ||= page.ended;
    if (ended || after > 0) continue;
    const { queuePosition } = await api.call('deployments.read', { params: { deployment } });
    if (queuePosition !== null && queuePosition !== place) say(`Queued, ${inLine((place = queuePosition))}.`);
  }
  const result = await api.call('deployments.read', { params: { deployment } });
  if (result.status === 'live' || (result.status === 'superseded' && result.release !== null)) {
    const { url } = await api.call('apps.read', { params: { app } });
    return say(`Live at ${url}`);
  }
  if (result.failure) {
    say(`Failed: ${result.failure.message}`);
    if (result.failure.hint !== null) say(result.failure.hint);
    return;
  }
  say(`The deployment is ${result.status}.`);
}
