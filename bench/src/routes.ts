import { fileURLToPath } from 'node:url';
import { commonOptions } from './command-line.ts';
import { chooseCores, comeFirst, nextMessage, Processes } from './gateway/machine.ts';
import { benchRoute } from './gateway/peers/weir.ts';
import { guarded } from './guarded.ts';
import { missedRouteBars, routeLines, type RouteRun } from './routes/route-figures.ts';
import { WatchedGateway } from './routes/watched-gateway.ts';
import { aligned } from './table.ts';

const SIZES = [1_000, 10_000];
const CHANGES = 20;
const options = commonOptions(3, 20);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Nine in ten apps sleep, stopped; the others have an instance. */
const routes = (count: number, address: string): object[] => Array.from({ length: count }, (_, i) => benchRoute(i, `app-${i}.bench.localhost`, i % 10 === 0 ? address : undefined));

comeFirst(); // it is the control plane and the visitor
const [cores, processes] = [chooseCores(), new Processes()];

async function measure(count: number, address: string): Promise<RouteRun> {
  const bare = await WatchedGateway.start(processes, cores, routes(1, address));
  const without = await bare.watch();
  await bare.stop(processes);

  const full = await WatchedGateway.start(processes, cores, routes(count, address));
  const withAll = await full.watch();
  const changesMs: number[] = [];
  for (let i = count; i < count + CHANGES; i++) changesMs.push(await full.change(benchRoute(i, `app-${i}.bench.localhost`, address), `app-${i}.bench.localhost`));
  await full.stop(processes);
  return { routes: count, loadMs: full.startMs - bare.startMs, changesMs, kibPerRoute: (withAll.kib - without.kib) / count, percentOfCore: withAll.percent };
}

await guarded(async () => {
  const backend = processes.start(cores.others, process.execPath, [fileURLToPath(new URL('gateway/backend.ts', import.meta.url)), '1'], { ipc: true });
  const [port] = await nextMessage<number[]>(backend);
  await (await WatchedGateway.start(processes, cores, [])).stop(processes); // its files are read from memory from now on
  const runs: RouteRun[] = [];
  for (let run = 1; run <= options.runs; run++) {
    for (const count of SIZES) {
      say(`repetition ${run} of ${options.runs}: ${count} routes`);
      runs.push(await measure(count, `127.0.0.1:${port}`));
    }
  }
  const lines = SIZES.flatMap((count) => routeLines(count, runs));
  const missed = missedRouteBars(lines);
  const cells = lines.map(({ title, unit, value, must }) => [title, `${value.median.toFixed(2)} ${unit}`, `${value.min.toFixed(2)}-${value.max.toFixed(2)}`, `≤${must}`]);
  process.stdout.write(options.json ? `${JSON.stringify({ rows: lines, missed })}\n` : `${aligned([['figure', 'middle', 'least-most', 'must'], ...cells])}\n${missed.length > 0 ? `missed: ${missed.join('; ')}\n` : ''}`);
  if (options.strict && missed.length > 0) process.exitCode = 1;
}, () => processes.stopAll());
