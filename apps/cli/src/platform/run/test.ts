import { ensureDebianTools, ensureDocker, ensurePackages, holdImages, mayInstallPackages, Refusal } from '@weir/installation';
import { type SuiteName, SUITES } from '../suites.ts';
import { runSuite } from './run-suite.ts';

const DEFAULT_SUITES: SuiteName[] = ['lint', 'typecheck', 'unit', 'integration', 'e2e'];

export async function test(names: string[]): Promise<void> {
  const unknown = names.find((name) => !(name in SUITES));
  if (unknown) throw new Refusal('test.unknown_suite', `There is no suite ${unknown}. Suites: ${Object.keys(SUITES).join(', ')}.`);
  const chosen = names.length > 0 ? (names as SuiteName[]) : DEFAULT_SUITES;
  const release = chosen.some((name) => SUITES[name].engines) ? await bringEngines(chosen) : undefined;

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of chosen) {
    const counts = await runSuite(name);
    process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${counts.seconds.toFixed(1)} s)\n`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  await release?.();
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/**
 * What the suites need on the machine; a person asked for them by asking for the tests.
 *
 * @returns lets go of the images that all suites share
 */
async function bringEngines(chosen: readonly SuiteName[]): Promise<() => Promise<void>> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const docker = await ensureDocker({ consent: () => Promise.resolve(true), say });
  await ensureDebianTools(say);
  await ensurePackages({ git: 'git', gpg: 'gnupg', chromium: 'chromium' }, say);
  if (chosen.includes('long') && mayInstallPackages()) await ensurePackages({ 'docker-compose': 'docker-compose' }, say);
  return holdImages({ docker, stores: chosen.includes('integration'), say });
}
