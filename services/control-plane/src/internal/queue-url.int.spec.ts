import { prepareQueueRole } from '@weir/database';
import { testDatabase } from '@weir/database/testing';
import { openJobQueue } from '@weir/job-queue';
import { expect, it } from 'vitest';
import { queueUrl } from './queue-url.ts';

it('lets a worker, by the role that sees the queue alone, take what the control plane added', async () => {
  const database = await testDatabase();
  const url = await prepareQueueRole(database.url, 'abcdefgh', 'a-password-of-the-queue');
  const errors: string[] = [];
  const onError = (error: Error) => void errors.push(error.message);
  const ours = openJobQueue({ postgresUrl: await queueUrl(database.url) }, { prefix: 'abcdefgh', onError });
  const theirs = openJobQueue({ postgresUrl: url }, { prefix: 'abcdefgh', onError });
  const taken: string[] = [];
  try {
    await ours.add({ deployment: 'dep_00000000000000000000000000' });
    await theirs.work(async ({ deployment }) => void taken.push(deployment), { concurrency: 1 });
    await expect.poll(() => [taken, errors], { timeout: 10_000 }).toEqual([['dep_00000000000000000000000000'], []]);
  } finally {
    await theirs.close();
    await ours.close();
    await database.drop();
  }
});
