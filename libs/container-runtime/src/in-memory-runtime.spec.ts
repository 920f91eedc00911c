import { InMemoryRuntime } from './in-memory-runtime.ts';
import { describeContainerRuntime, instanceSpecFor } from './testing/index.ts';

describeContainerRuntime('InMemoryRuntime', async () => {
  const runtime = new InMemoryRuntime();
  runtime.images = new Set(['image']);
  return {
    runtime,
    spec: async (given) => instanceSpecFor(given),
    write: async ({ id }, text) => runtime.write(id, text),
    exit: async ({ id }) => runtime.end(id, { code: 3, signal: null, oom: false }),
    close: async () => {},
  };
});
