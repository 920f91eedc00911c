import { Injectable } from '@nestjs/common';
import { type InspectRepository as Contract, Problem, RepositoryView } from '@weir/contracts';
import { DomainError, type ErrorKind, Unavailable } from '@weir/domain';
import type { z } from 'zod';
import { requireGitUrl } from '../apps/source.ts';
import { Config } from '../config.ts';
import { askWorker } from '../http/ask-worker.ts';
import type { ActorContext } from '../identity/actor-context.ts';

const LIMIT_MS = 60_000;
const KINDS: Record<number, ErrorKind> = { 404: 'not_found', 409: 'conflict', 422: 'invalid', 429: 'limit', 503: 'unavailable' };

/** What the worker found wrong with a repository, told as it told it. */
class RepositoryProblem extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly publicMessage: string;
  constructor({ code, status, detail }: Problem) {
    super(`the worker answered ${status} ${code}`);
    this.code = code;
    this.kind = KINDS[status] ?? 'unavailable';
    this.publicMessage = detail;
  }
}

/** Reads a repository's branches and entry files, live. The worker does it, in a sandbox: we dial no host that a person names. */
@Injectable()
export class InspectRepository {
  constructor(private readonly config: Config) {}

  async execute(ctx: ActorContext, input: z.infer<typeof Contract>): Promise<RepositoryView> {
    ctx.require('app.create');
    requireGitUrl(input.url, this.config.allowedGitHosts, 'url');
    const response = await askWorker(this.config, { method: 'POST', path: '/internal/repositories/inspect', body: input, limitMs: LIMIT_MS });
    const answer: unknown = await response.json().catch((cause: unknown) => {
      throw new Unavailable('worker.unavailable', 'The worker gave an answer that cannot be read.', { cause });
    });
    if (response.ok) return RepositoryView.parse(answer);
    const problem = Problem.safeParse(answer);
    if (!problem.success || response.status === 401) throw new Unavailable('worker.unavailable', 'The worker could not read the repository.');
    throw new RepositoryProblem(problem.data);
  }
}
