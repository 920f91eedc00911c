import type { Gateway } from '../gateway.ts';
import type { Peer, Visit } from '../request/visit.ts';
import type { Resolution } from '../resolution.ts';
import { isLoopback } from '../request/host.ts';

/** What decides about visits. */
export type Resolver = Pick<Gateway, 'resolve'>;

const HTTPS_PORT = 443;

/**
 * One resolver for each scheme, since each has origins and cookies of its own.
 *
 * With `httpsPort`, plain visits are sent there; not those to this machine itself, which the command line and
 * health checks make.
 */
export class Schemes implements Resolver {
  constructor(private readonly resolvers: Readonly<Record<Peer['scheme'], Resolver>>, private readonly httpsPort: number | undefined) {}

  resolve(visit: Visit): Resolution {
    const { facts, peer } = visit;
    if (peer.scheme === 'https' || this.httpsPort === undefined || isLoopback(facts.host)) return this.resolvers[peer.scheme].resolve(visit);
    const port = this.httpsPort === HTTPS_PORT ? '' : `:${this.httpsPort}`;
    return { kind: 'redirect', location: `https://${facts.host.name}${port}${facts.target === '*' ? '/' : facts.target}` };
  }
}
