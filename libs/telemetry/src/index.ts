export * from './context.ts';
export * from './create-line-logger.ts';
export * from './create-logger.ts';
export * from './redaction.ts';
