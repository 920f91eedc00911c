/** The database role with which an installation's workers reach their queue: roles are the server's, not the database's, so each installation has its own. */
export const queueRoleOf = (installation: string): string => `weir_queue_${installation}`;
