import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, mintId, type Tx } from '@weir/database';
import type { Logger } from '@weir/telemetry';
import { readFile } from 'node:fs/promises';
import { Config } from '../config.ts';
import { LOGGER } from '../http/logger.ts';
import { hashOf, isApiToken } from './credentials.ts';

const LOCK = 0x77656972; // "weir": two replicas that start at once make one workspace
const CLI = 'cli';

/** Sees to it that an installation has a workspace, an owner, and the token its command line holds. */
@Injectable()
export class Bootstrap implements OnApplicationBootstrap {
  constructor(private readonly db: Database, private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {}

  async onApplicationBootstrap(): Promise<void> {
    const token = this.config.cliTokenFile && (await readFile(this.config.cliTokenFile, 'utf8')).trim();
    if (token && !isApiToken(token)) throw new Error('WEIR_CLI_TOKEN_FILE holds no API token: weir_ and 43 characters of base64url');
    await this.db.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
      const workspaceId = await this.#workspace(tx);
      if (token) await this.#cliToken(tx, workspaceId, hashOf(token));
    });
  }

  async #workspace(tx: Tx): Promise<string> {
    const found = await tx.workspace.findFirst({ orderBy: { createdAt: 'asc' } });
    if (found) return found.id;
    const workspace = await tx.workspace.create({
      data: { id: mintId('workspace'), name: 'Default', memberships: { create: { role: 'owner', user: { create: { id: mintId('user'), name: 'Owner' } } } } },
    });
    this.log.info({ workspace: workspace.id }, 'workspace.created');
    return workspace.id;
  }

  /** One command-line token is in force: another in the file takes its place. */
  async #cliToken(tx: Tx, workspaceId: string, hash: string): Promise<void> {
    await tx.apiToken.updateMany({ where: { workspaceId, name: CLI, revokedAt: null, NOT: { hash } }, data: { revokedAt: new Date() } });
    await tx.apiToken.upsert({ where: { hash }, create: { id: mintId('token'), hash, workspaceId, name: CLI, role: 'owner' }, update: { revokedAt: null } });
  }
}
