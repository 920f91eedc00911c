export * from './client/assert-container-runtime.ts';
export * from './client/connect-docker.ts';
export * from './docker-runtime.ts';
export * from './firewall/firewall.ts';
export * from './names.ts';
export * from './network/resolvers.ts';
export * from './remove-everything.ts';
