/** Our factories refuse options by a TypeError that names them and never their values. */
const pattern = /^(\[cbb-|create\w+: |migrate: |renderMigrations: |checkOrdersTable: |defineMapping)/;

export function isOwnComplaint(message: string): boolean {
  return pattern.test(message);
}
