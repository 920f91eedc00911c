import { imageAsset } from '@weir/images';
import type { GitRepositories } from '../git/git-repositories.ts';
import { REPOSITORY } from '../git/git-repositories.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { exportCommit } from './export-commit.ts';
import { CLONE, fetchRemote } from './fetch-remote.ts';
import type { ReadCommit } from './read-commit.ts';
import { buildSandbox } from './sandbox-for-build.ts';
import { SourceArchive } from './source-archive.ts';

export interface FetchedSource extends ReadCommit {
  readonly branch: string;
  readonly archive: string;
}

interface Fetch {
  readonly order: BuildOrder;
  readonly archive: string;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
  /** Works with the source while the sandbox that holds its repository is still open: it has the default Python. */
  readonly use: (source: FetchedSource, sandbox: Sandbox) => Promise<void>;
}

/** Brings a commit of the order's source to this host as a clean archive. */
export class FetchSource {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly repositories: GitRepositories,
    private readonly settings: BuilderSettings,
  ) {}

  /** @throws BuildFailed */
  async execute({ order, archive, log, signal, use }: Fetch): Promise<void> {
    const { source } = order;
    const read = async (sandbox: Sandbox, repository: string, revision: string): Promise<void> => {
      const tar = new SourceArchive(archive);
      const commit = await exportCommit(sandbox, repository, revision, tar);
      for (const name of ['entry.py', 'serve_app.py']) await tar.platformFile(`opt/weir/${name}`, imageAsset(name));
      await tar.finish();
      await use({ ...commit, branch: source.branch ?? (commit.head || 'HEAD'), archive }, sandbox);
    };
    if (source.kind === 'builtin') {
      const revision = order.commit ?? (source.branch === null ? 'HEAD' : `refs/heads/${source.branch}`);
      return this.repositories.use(order.app, source.example, (sandbox) => read(sandbox.within(signal), REPOSITORY, revision));
    }
    log.say(`Fetching ${source.url}${source.branch === null ? '' : `, branch ${source.branch}`}.`);
    const spec = buildSandbox({ deployment: order.deployment, attempt: order.attempt, step: 'fetch', image: this.settings.defaultBuilder }, { scratch: { '/work': 1024 } });
    const onDenied = (to: string, why: string): void => log.say(`The build may not reach ${to}: ${why}.`);
    const sandbox = await this.sandboxes.open(spec, signal, { policy: this.settings.egress, onDenied });
    try {
      await fetchRemote(sandbox, { url: source.url, branch: source.branch, commit: order.commit, allowedHosts: this.settings.allowedGitHosts, say: (line) => log.say(line) });
      await read(sandbox, CLONE, order.commit ?? 'HEAD');
    } finally {
      await sandbox.close();
    }
  }
}
