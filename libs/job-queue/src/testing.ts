export { describeJobQueue } from './describe-job-queue.ts';
