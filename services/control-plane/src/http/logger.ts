/** Token of this process's pino logger. */
export const LOGGER = Symbol('logger');
