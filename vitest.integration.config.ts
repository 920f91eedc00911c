import { defineConfig } from 'vitest/config';

/** Tests against real engines: Postgres, Redis, Docker. One file at a time: two cores, one Docker. The suite `long` has more attacks on builds. */
export default defineConfig({
  test: {
    include: ['**/*.int.spec.ts', '**/*.contract.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'apps/e2e/**'],
    globalSetup: new URL('libs/database/src/testing/global-setup.ts', import.meta.url).pathname, // one PostgreSQL, migrated once; suites copy its database
    provide: { long: false },
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    passWithNoTests: true,
  },
});
