export * from './container-runtime.ts';
export * from './in-memory-runtime.ts';
export * from './instance-spec.ts';
export * from './observed-instance.ts';
export * from './runtime-problem.ts';
