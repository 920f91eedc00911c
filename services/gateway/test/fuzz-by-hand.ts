import { fuzz } from './fuzz.ts';

/* node test/fuzz-by-hand.ts SECONDS [SEED]: the comparison of fuzz.spec.ts, for longer and from another seed. */
const [seconds = '60', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const result = await fuzz(Number(seed), Number(seconds) * 1000);
process.stdout.write(`${JSON.stringify({ seed: Number(seed), ...result }, undefined, 2)}\n`);
process.exitCode = result.disagreements.length > 0 ? 1 : 0;
