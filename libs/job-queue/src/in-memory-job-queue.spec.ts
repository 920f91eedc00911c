import { InMemoryJobQueue } from './index.ts';
import { describeJobQueue } from './testing.ts';

describeJobQueue('InMemoryJobQueue', async () => new InMemoryJobQueue(() => {}));
