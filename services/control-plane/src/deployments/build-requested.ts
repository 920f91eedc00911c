/** Kind of the outbox message with which a verb asks for a build; its payload is a `BuildJob`. */
export const BUILD_REQUESTED = 'build.requested';
