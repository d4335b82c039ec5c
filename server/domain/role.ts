// Who someone is to the service.
export const ROLES = ['public', 'analyst', 'planner', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Does this role have at least the rights of the other? Rights only grow along the list. */
export function atLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
