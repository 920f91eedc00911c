import { Refusal } from '@weir/installation/refusal';
import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { rootFolder } from './where.ts';

/** Each is a program `bench/src/NAME.ts`; it refuses options that are not its own. */
const BENCHES: readonly string[] = ['build-load', 'deploy', 'gateway', 'routes', 'wake'];

export function benchCommand(): Command {
  return new Command('bench')
    .description(`Measure against what runs without us: ${BENCHES.join(', ')}. Prints ratios; see bench/README.md`)
    .argument('<name>')
    .option('--runs <n>', 'how often each figure is measured')
    .option('--rows <keys>', 'which figures, separated by commas')
    .option('--thorough', 'more and longer repetitions, however long they take')
    .option('--strict', 'exit with 1 where a bar is missed')
    .option('--json', 'print one JSON document as the last line')
    .action(bench);
}

interface BenchOptions {
  readonly runs?: string;
  readonly rows?: string;
  readonly thorough?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** A benchmark starts what it measures, and removes it. */
async function bench(name: string, options: BenchOptions): Promise<void> {
  if (!BENCHES.includes(name)) throw new Refusal('bench.unknown', `There is no benchmark ${name.slice(0, 80)}. Benchmarks: ${BENCHES.join(', ')}.`);
  const program = join(rootFolder(), 'bench', 'src', `${name}.ts`);
  const args = Object.entries(options).flatMap(([option, value]: [string, string | boolean]) => (value === true ? [`--${option}`] : [`--${option}`, String(value)]));
  const child = spawn(process.execPath, [program, ...args], { cwd: rootFolder(), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal)); // it removes what it made before it ends
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
