import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Integration and contract tests: with the real engines. One PostgreSQL serves the whole run. */
export default defineConfig({
  test: {
    include: ['**/*.int.spec.ts', '**/*.contract.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: fileURLToPath(new URL('libs/database/src/testing/global-setup.ts', import.meta.url)),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
