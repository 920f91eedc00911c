export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What an actor may be allowed to do. */
export const PERMISSIONS = [
  'app.read', 'app.create', 'app.update', 'app.delete', 'app.operate',
  'deployment.create', 'deployment.cancel', 'log.read',
  'secret.read', 'secret.set', 'audit.read', 'token.create',
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

/** Who may open an app. Today every app is public; viewers and rules come as further kinds. */
export interface AccessPolicy {
  readonly kind: 'public';
}

export type AccessDecision = 'allow' | 'sign-in' | 'deny';

/** Whether a visitor may open an app. Requests and WebSocket upgrades both ask here. */
export function decideAccess(policy: AccessPolicy): AccessDecision {
  switch (policy.kind) {
    case 'public':
      return 'allow';
  }
}
