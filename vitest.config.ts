import { defineConfig } from 'vitest/config';

/** Unit tests of any project: pure, in memory, in seconds. */
export default defineConfig({ test: { include: ['**/*.spec.ts', '**/*.spec.tsx'], exclude: ['**/node_modules/**', '**/dist/**', '**/*.int.spec.ts', '**/*.contract.spec.ts'], passWithNoTests: true, testTimeout: 30_000 } });
