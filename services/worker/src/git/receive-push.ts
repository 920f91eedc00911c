import type { InternalClient } from '@weir/api-client';
import { ApiProblem } from '@weir/api-client';
import { isBranchName, type AppId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { followDeployment } from './follow-deployment.ts';
import type { PushCommand } from './push-commands.ts';

interface Received {
  readonly app: AppId;
  readonly token: string;
  /** Branches that were accepted with their new heads. */
  readonly pushed: readonly PushCommand[];
  readonly deploy: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const NOTHING = /^0+$/;
const rank = (ref: string): number => ['refs/heads/main', 'refs/heads/master'].indexOf(ref) + 1 || 3;

/** Tells the control plane of accepted branches, and the pushing terminal how the deployment goes. */
export class ReceivePush {
  constructor(
    private readonly client: InternalClient,
    private readonly baseUrl: string,
    private readonly log: Logger,
  ) {}

  async execute({ app, token, pushed, deploy, signal, say }: Received): Promise<void> {
    const branches = pushed.filter(({ ref, to }) => ref.startsWith('refs/heads/') && !NOTHING.test(to)).sort((a, b) => rank(a.ref) - rank(b.ref));
    if (!deploy) return;
    for (const { ref, to } of branches) {
      const branch = ref.slice('refs/heads/'.length);
      if (!isBranchName(branch)) {
        say(`${branch} is kept, but a branch of this name cannot be deployed.`);
        continue;
      }
      try {
        const answer = await this.client.reportPush(app, { token, branch, commit: to });
        if (answer.deployment === null) {
          say(`${branch} is kept. Pushes to ${answer.branch} are deployed.`);
          continue;
        }
        await followDeployment({ client: this.client, baseUrl: this.baseUrl, token, app, deployment: answer.deployment, signal, say });
      } catch (error) {
        if (signal.aborted) return;
        this.log.warn({ app, branch, err: error }, 'push.follow_failed');
        say(error instanceof ApiProblem ? error.problem.detail : 'The push is stored, but its deployment cannot be followed at the moment.');
      }
    }
  }
}
