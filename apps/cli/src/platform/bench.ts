import { Refusal } from '@weir/installation/refusal';
import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { rootFolder } from './where.ts';

export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure against what runs without us: deploy. Prints ratios; see bench/README.md')
    .argument('<name>')
    .option('--runs <n>', 'how often each figure is measured')
    .option('--strict', 'exit with 1 where a bar is missed')
    .option('--json', 'print one JSON document as the last line')
    .action(bench);
}

interface BenchOptions {
  readonly runs?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Each benchmark is a program of its own in `bench/`, which starts what it measures and removes it. */
async function bench(name: string, { runs, strict, json }: BenchOptions): Promise<void> {
  const program = join(rootFolder(), 'bench', 'src', `${name}.ts`);
  if (!BENCHES.includes(name)) throw new Refusal('bench.unknown', `There is no benchmark ${name.slice(0, 80)}. Benchmarks: ${BENCHES.join(', ')}.`);
  const args = [...(runs === undefined ? [] : ['--runs', runs]), ...(strict ? ['--strict'] : []), ...(json ? ['--json'] : [])];
  const child = spawn(process.execPath, [program, ...args], { cwd: rootFolder(), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal)); // it removes what it made before it ends
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

const BENCHES: readonly string[] = ['deploy'];
