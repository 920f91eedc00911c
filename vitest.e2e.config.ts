import { defineConfig } from 'vitest/config';

/** The journeys, against a running platform. `WEIR_LONG=1` takes the soak and fault runs instead. */
export default defineConfig({
  test: {
    include: [process.env.WEIR_LONG ? 'apps/e2e/long/**/*.e2e.ts' : 'apps/e2e/src/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 900_000,
    passWithNoTests: true,
  },
});
