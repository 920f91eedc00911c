import { Injectable } from '@nestjs/common';
import type { HostnameAvailability } from '@weir/contracts';
import { Database } from '@weir/database';
import { type HostnameProblem, hostnameProblem } from '@weir/domain';
import type { z } from 'zod';
import type { ActorContext } from '../identity/actor-context.ts';
import { hostnamesNear } from './suggest-hostname.ts';

const REASONS: Record<HostnameProblem | 'taken', string> = {
  malformed: 'A hostname has 1 to 63 lower-case letters, digits and hyphens, and neither starts nor ends with a hyphen.',
  reserved: 'This name is reserved.',
  punycode: 'Names that start with xn-- are not accepted.',
  taken: 'This name is taken.',
};

/** Whether a hostname is free, and one near it that is. Hostnames are unique in the installation, so this tells that one is taken, not by whom. */
@Injectable()
export class CheckHostname {
  constructor(private readonly db: Database) {}

  async execute(ctx: ActorContext, hostname: string): Promise<z.infer<typeof HostnameAvailability>> {
    ctx.require('app.create');
    const problem = hostnameProblem(hostname);
    const near = hostnamesNear(hostname);
    const taken = new Set((await this.db.app.findMany({ where: { hostname: { in: [...near, ...(problem ? [] : [hostname])] } }, select: { hostname: true } })).map((app) => app.hostname));
    const why = problem ?? (taken.has(hostname) ? 'taken' : undefined);
    if (!why) return { hostname, available: true, reason: null, suggestion: null };
    return { hostname, available: false, reason: REASONS[why], suggestion: near.find((name) => !taken.has(name)) ?? null };
  }
}
