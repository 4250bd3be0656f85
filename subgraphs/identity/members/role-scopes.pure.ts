import type { Role } from '../schema.generated.ts';

const viewer = ['data:read'];
const analyst = [...viewer, 'connections:write', 'causal:run', 'jobs:manage'];
const admin = [...analyst, 'members:manage', 'keys:manage', 'audit:read', 'organization:manage'];

/** What each role may do. */
const scopesByRole: Record<Role, readonly string[]> = {
  VIEWER: viewer,
  ANALYST: analyst,
  ADMIN: admin,
  OWNER: [...admin, 'owners:manage'],
};

export function scopesOf(role: Role): readonly string[] {
  return scopesByRole[role];
}

/** Every permission there is. */
export const allScopes: readonly string[] = scopesByRole.OWNER;

/** Whether somebody of one role may give or take another: owners are made by owners only. */
export function mayAssign(scopes: readonly string[], role: Role): boolean {
  return role !== 'OWNER' || scopes.includes('owners:manage') || scopes.includes('*');
}
