import { Injectable } from '@nestjs/common';
import type { Me } from '@weir/contracts';
import { VERSION } from '@weir/contracts/version';
import { Database } from '@weir/database';
import { Config } from '../config.ts';
import type { ActorContext } from './actor-context.ts';

/** Who somebody is, where, and what this installation offers. */
@Injectable()
export class ReadMe {
  constructor(private readonly db: Database, private readonly config: Config) {}

  async execute({ workspaceId, actor, role }: ActorContext): Promise<Me> {
    const { name } = await this.db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const { installation, appsDomain, allowedGitHosts } = this.config;
    return {
      actor: { kind: actor.kind === 'user' ? 'user' : 'token', name: actor.name },
      workspace: { id: workspaceId, name },
      role,
      installation: { id: installation, version: VERSION, appsDomain, allowedGitHosts: [...allowedGitHosts] },
    };
  }
}
