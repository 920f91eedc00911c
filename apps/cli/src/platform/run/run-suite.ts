import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Suite, type SuiteName, SUITES } from '../suites.ts';
import { rootFolder } from '../where.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) })),
});

/** Runs one suite, its output on ours, and counts. A suite of one command counts as one test. */
export async function runSuite(name: SuiteName): Promise<Counts> {
  const started = performance.now();
  const suite: Suite = SUITES[name];
  const seconds = (): number => (performance.now() - started) / 1000;
  if (suite.command[0] !== 'vitest') {
    const code = await execute(suite.command, suite.env);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds: seconds() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'weir-test-'));
  const file = join(folder, 'report.json');
  const code = await execute([...suite.command, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], suite.env);
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(folder, { recursive: true });
  nameSkipped(report);
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that could not be loaded, or an unhandled error, fails the run without a failed test.
  const failed = report.numFailedTests || (code === 0 && report.success ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped, seconds: seconds() };
}

function nameSkipped(report: z.infer<typeof Report>): void {
  for (const { assertionResults } of report.testResults) {
    for (const { status, fullName } of assertionResults) if (status === 'skipped' || status === 'pending') process.stdout.write(`skipped: ${fullName}\n`);
  }
}

function execute(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number | null> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: rootFolder(), stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false', NEXT_TELEMETRY_DISABLED: '1', ...env } });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
