export * from './bullmq-job-queue.ts';
export * from './in-memory-job-queue.ts';
export * from './job-queue.ts';
export * from './open-job-queue.ts';
