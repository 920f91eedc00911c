import type { Canary, Firewall } from '@weir/container-runtime-docker';
import { type HostProblem, TENANTS_TRUSTED } from '@weir/domain';
import type { Logger } from 'pino';

/** `unproven` at first, until a canary flew. */
export type FenceState = { readonly status: 'unproven' | 'proven' } | { readonly status: 'trusting' | 'broken'; readonly problem: HostProblem };

interface FenceParts {
  readonly firewall: Pick<Firewall, 'assert'>;
  readonly canary: Pick<Canary, 'fly' | 'close'>;
  /** The operator answers for what apps do: they start whatever holds them. */
  readonly trustTenants: boolean;
  readonly logger: Logger;
}

const SHOWN = 3;

/**
 * Whether this host keeps apps apart: a firewall that stands, and a canary that could not pass it.
 *
 * It fails closed. While that is not proven no app is started; those that run go on.
 */
export class Fence {
  #state: FenceState = { status: 'unproven' };

  constructor(private readonly parts: FenceParts) {
    if (parts.trustTenants) this.#become({ status: 'trusting', problem: TENANTS_TRUSTED });
  }

  get state(): FenceState {
    return this.#state;
  }

  get mayStart(): boolean {
    return this.#state.status === 'proven' || this.#state.status === 'trusting';
  }

  get problem(): HostProblem | undefined {
    return 'problem' in this.#state ? this.#state.problem : undefined;
  }

  /** Puts the firewall up where it does not stand, and sends the canary when it did not or nobody knows that it holds. */
  async hold(): Promise<void> {
    const firewall = await this.parts.firewall.assert();
    if (this.parts.trustTenants) return;
    if (firewall.status === 'unavailable') return this.#become({ status: 'broken', problem: unavailable(firewall.reason) });
    if (this.#state.status === 'proven' && !firewall.repaired) return;
    if (this.#state.status === 'proven') this.#become({ status: 'unproven' });
    const flight = await this.parts.canary.fly();
    if (flight.status === 'held') this.#become({ status: 'proven' });
    else this.#become({ status: 'broken', problem: flight.status === 'escaped' ? leaks(flight.reached) : untried(flight.reason) });
  }

  /** Waits until nothing of the last canary is left. */
  close(): Promise<void> {
    return this.parts.canary.close();
  }

  #become(state: FenceState): void {
    const before = this.problem;
    this.#state = state;
    if (!('problem' in state)) this.parts.logger.info({ to: state.status }, 'fence.status');
    else if (state.problem.code !== before?.code) this.parts.logger[state.status === 'broken' ? 'error' : 'warn']({ to: state.status, ...state.problem }, 'fence.status');
  }
}

const unavailable = (reason: string): HostProblem => ({
  code: 'firewall.unavailable',
  detail: `No app is started, because the firewall of this host cannot be set (${reason}): Weir needs root with CAP_NET_ADMIN and iptables, or --trust-tenants.`,
});

const leaks = (reached: readonly string[]): HostProblem => ({
  code: 'firewall.leaks',
  detail: `No app is started, because one could reach ${reached.slice(0, SHOWN).join(', ')}${reached.length > SHOWN ? ` and ${reached.length - SHOWN} more` : ''}, which the firewall must keep from apps.`,
});

const untried = (reason: string): HostProblem => ({
  code: 'firewall.untried',
  detail: `No app is started yet, because it could not be tried whether the firewall holds (${reason}); it is tried again every 5 seconds.`,
});
