export * from './apps.ts';
export * from './common.ts';
export * from './endpoints.ts';
export * from './identity.ts';
export * from './internal.ts';
export * from './live.ts';
export * from './openapi.ts';
export * from './pythons.ts';
export { VISITED_HOST } from './route-hosts.ts';
