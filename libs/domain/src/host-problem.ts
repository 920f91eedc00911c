/** Something about a host that its operator must know, and what it is called. */
export interface HostProblem {
  readonly code: string;
  readonly detail: string;
}

/** The operator answers for what apps do: they are started whatever holds them. */
export const TENANTS_TRUSTED: HostProblem = {
  code: 'firewall.trusting',
  detail: 'Tenants are trusted (--trust-tenants): nothing proves that apps cannot reach this host, each other and private networks.',
};
