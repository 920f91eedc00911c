import { DOCKERFILE, planBuild, rankEntryFiles, type RepositoryTree, viewOf } from '@weir/build-plan';
import type { InspectRepository as Contract, RepositoryView } from '@weir/contracts';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { failed } from '../builds/build-failed.ts';
import type { BuilderSettings } from '../builds/builder-settings.ts';
import { exportCommit } from '../builds/export-commit.ts';
import { CLONE, fetchRemote, listBranches } from '../builds/fetch-remote.ts';
import { buildSandbox } from '../builds/sandbox-for-build.ts';
import type { Pythons } from '../pythons/pythons.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';

const LIMIT_MS = 45_000;

/** Reads a remote repository live: its branches, the scripts that may be the app, and how it would be built. */
export class InspectRepository {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly pythons: Pick<Pythons, 'offered'>,
  ) {}

  /** @throws BuildFailed in the words of the phase `fetch` */
  async execute({ url, branch }: z.output<typeof Contract>): Promise<RepositoryView> {
    const { defaultBuilder, defaultPython, egress, allows, allowedGitHosts: allowedHosts } = this.settings;
    const spec = buildSandbox({ deployment: 'inspect', attempt: 1, step: randomBytes(6).toString('hex'), image: defaultBuilder }, { scratch: { '/work': 512 } });
    const limit = AbortSignal.timeout(LIMIT_MS);
    const sandbox = await this.sandboxes.open(spec, limit, { policy: egress, onDenied: () => undefined });
    try {
      const { head, branches } = await listBranches(sandbox, url, allowedHosts);
      const chosen = branch ?? head ?? branches[0] ?? null;
      if (branch !== undefined && !branches.includes(branch)) throw failed('fetch', 'source.branch_not_found', `The repository has no branch ${branch}.`, 'Choose a branch that exists.');
      if (chosen === null) return { url, defaultBranch: null, branches: [], entryFiles: [], plan: null };
      await fetchRemote(sandbox, { url, branch: chosen, commit: null, allowedHosts, say: () => undefined });
      const { tree } = await exportCommit(sandbox, CLONE, 'HEAD');
      const answer = planBuild(tree, { entryFile: null, python: null, pythons: await this.pythons.offered(), defaultPython, allows });
      return { url, defaultBranch: head, branches: branches.slice(0, 500), entryFiles: suggestions(tree, answer.ok && allows.dockerfiles).slice(0, 50), plan: answer.ok ? viewOf(answer.plan) : null };
    } catch (error) {
      if (limit.aborted) throw failed('fetch', 'source.unreachable', 'The Git server took too long to answer.', null);
      throw error;
    } finally {
      await sandbox.close();
    }
  }
}

/** What may be named as the entry file, first what a build would choose by itself. */
function suggestions(tree: RepositoryTree, fromDockerfile: boolean): RepositoryView['entryFiles'] {
  const dockerfile = fromDockerfile && tree.files.has(DOCKERFILE) ? [{ path: DOCKERFILE, why: 'says itself what is installed and run' }] : [];
  return [...dockerfile, ...rankEntryFiles(tree).map(({ path, why }) => ({ path, why }))];
}
