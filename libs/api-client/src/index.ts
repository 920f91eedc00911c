export * from './api-client.ts';
export * from './api-problem.ts';
export * from './host-fetch.ts';
export * from './internal-client.ts';
export * from './live-client.ts';
export * from './stream-log.ts';
