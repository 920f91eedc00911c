export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What an actor may be allowed to do. */
export const PERMISSIONS = [
  'app.read', 'app.create', 'app.update', 'app.delete', 'app.operate',
  'deployment.create', 'deployment.cancel', 'log.read',
  'secret.read', 'secret.set', 'audit.read', 'token.create', 'python.prepare',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const DEVELOPER: readonly Permission[] = [
  'app.read', 'app.create', 'app.update', 'app.delete', 'app.operate',
  'deployment.create', 'deployment.cancel', 'log.read', 'secret.read', 'secret.set',
];

const GRANTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  developer: DEVELOPER,
  viewer: [],
};

export const may = (role: Role, permission: Permission): boolean => GRANTS[role].includes(permission);

/** Who may open an app: everybody, or whom its workspace made a member. */
export type AccessPolicy = { readonly kind: 'public' } | { readonly kind: 'members' };

/** Whom a visitor has proved to be. */
export interface ViewerSession {
  readonly member: boolean;
}

export interface AccessRequest {
  /** A new document, rather than a part of one or a tab's own asking. */
  readonly document: boolean;
  /** Sent for a person, as far as that can be told: bots, link previews and `HEAD` are none. */
  readonly person: boolean;
}

export interface AccessRoute {
  readonly policy: AccessPolicy;
  readonly sleep: 'awake' | 'asleep' | 'waking';
}

/** `hold`: the visit is let in and waits for the app, because it wakes it or because it is waking. */
export type AccessDecision = 'allow' | 'sign-in' | 'deny' | 'hold';

/**
 * Whether a visit gets to an app. Requests and WebSocket upgrades both ask here.
 *
 * Only a person's document wakes a sleeping app: open tabs ask for its health for ever, so an app that woke
 * for that would never sleep. Who may not open an app does not wake it either.
 */
export function decide(request: AccessRequest, route: AccessRoute, session: ViewerSession | undefined): AccessDecision {
  const admission = admit(route.policy, session);
  if (admission !== 'allow' || route.sleep === 'awake') return admission;
  return route.sleep === 'waking' || wakes(request) ? 'hold' : 'allow';
}

export const wakes = ({ document, person }: AccessRequest): boolean => document && person;

function admit(policy: AccessPolicy, session: ViewerSession | undefined): Exclude<AccessDecision, 'hold'> {
  switch (policy.kind) {
    case 'public':
      return 'allow';
    case 'members':
      return session === undefined ? 'sign-in' : session.member ? 'allow' : 'deny';
  }
}
