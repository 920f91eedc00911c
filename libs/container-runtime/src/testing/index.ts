export * from './describe-container-runtime.ts';
export * from './instance-spec-for.ts';
