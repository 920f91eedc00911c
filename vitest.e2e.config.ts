import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files in the order of their names; the one that takes the shared installation down is the last. */
class DownLast extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): string => moduleId.replace(/\/down\.e2e\.ts$/, '/~');
    return Promise.resolve(files.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)));
  }
}

const long = Boolean(process.env.WEIR_LONG);

/** The journeys, against one running platform. `WEIR_LONG=1` takes the soak and fault runs instead, and all attacks on builds. */
export default defineConfig({
  test: {
    include: long ? ['apps/e2e/long/**/*.e2e.ts', 'services/worker/src/builds/attacks/*.int.spec.ts'] : ['apps/e2e/src/**/*.e2e.ts'],
    provide: { long },
    globalSetup: long ? [] : ['apps/e2e/src/support/shared-platform.ts'],
    sequence: { sequencer: DownLast },
    fileParallelism: false,
    expect: { poll: { timeout: 20_000, interval: 100 } },
    testTimeout: 240_000,
    hookTimeout: 900_000,
    passWithNoTests: true,
  },
});
