import type { Wheels } from '@weir/build-plan';
import { outputOf } from '../sandbox/output-of.ts';
import { type Sandbox, SandboxLimit } from '../sandbox/sandbox.ts';

const LIMIT_MS = 20_000;

interface Where {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  /** The environment's interpreter. */
  readonly python: string;
  /** The installer's arguments that say where packages come from. */
  readonly sources: readonly string[];
  /** Those that the app could be set to. */
  readonly pythons: readonly string[];
}

/** Asks the index for what installs without being built: the release on other Pythons, and a later one on this. Nothing of it is built or run. */
export async function wheelsOf({ name, version }: { name: string; version: string }, where: Where): Promise<Wheels> {
  const [newer, ...suits] = await Promise.all([
    lowestWheel(`${name}>${version}`, [], where),
    ...where.pythons.map((python) => lowestWheel(`${name}==${version}`, ['--python-version', python], where)),
  ]);
  return { pythons: where.pythons.filter((_, index) => suits[index] !== undefined), newer };
}

/** The lowest version that meets a requirement and has a wheel. */
async function lowestWheel(requirement: string, more: readonly string[], { sandbox, env, python, sources }: Where): Promise<string | undefined> {
  const argv = ['uv', 'pip', 'compile', '--quiet', '--no-deps', '--no-header', '--no-annotate', '--only-binary', ':all:', '--resolution', 'lowest', '--python', python, ...more, ...sources, '-'];
  try {
    const { code, text } = await outputOf(sandbox, { argv, env, cwd: '/app', online: true, stdin: Buffer.from(`${requirement}\n`), limitMs: LIMIT_MS, maxOutputBytes: 100_000 });
    return code === 0 ? /^[\w.-]+==(\S+)/m.exec(text)?.[1] : undefined;
  } catch (error) {
    if (error instanceof SandboxLimit) return undefined; // advice is no reason to wait
    throw error;
  }
}
