export * from './data-key.ts';
export * from './envelope.ts';
export * from './key-encryption-key.ts';
export * from './parse-secrets.ts';
export * from './secrets-problem.ts';
export { Unreadable } from './sealed.ts';
