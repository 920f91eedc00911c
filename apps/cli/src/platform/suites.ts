export interface Suite {
  /** Needs Docker, Redis, a browser. */
  readonly engines: boolean;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const vitest = (config: string): string[] => ['vitest', 'run', '--config', config];

export const SUITES = {
  lint: { engines: false, command: ['oxlint', '--deny-warnings'] },
  typecheck: { engines: false, command: ['nx', 'run-many', '-t', 'typecheck', '--outputStyle=static'] },
  unit: { engines: false, command: vitest('vitest.config.ts') },
  integration: { engines: true, command: vitest('vitest.integration.config.ts') },
  e2e: { engines: true, command: vitest('vitest.e2e.config.ts') },
  long: { engines: true, command: vitest('vitest.e2e.config.ts'), env: { WEIR_LONG: '1' } },
} as const satisfies Record<string, Suite>;

export type SuiteName = keyof typeof SUITES;
