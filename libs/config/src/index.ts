export * from './config-problems.ts';
export * from './describe-config.ts';
export * from './fields.ts';
export * from './load-config.ts';
export * from './parse-config.ts';
