import { availableParallelism, loadavg } from 'node:os';
import { commandLine } from './command-line.ts';
import { gatewayOptions, type GatewayOptions } from './gateway/gateway-options.ts';
import { gatewayTable } from './gateway/gateway-table.ts';
import { installPeers } from './gateway/install-peers.ts';
import { Laboratory, type RunningPeer } from './gateway/laboratory.ts';
import { linesOf, missedBars, type Measurement } from './gateway/measurements.ts';
import { haproxy } from './gateway/peers/haproxy.ts';
import { nginx } from './gateway/peers/nginx.ts';
import { configurableHttpProxy, httpProxy3 } from './gateway/peers/node-proxies.ts';
import { weir } from './gateway/peers/weir.ts';
import { guarded } from './guarded.ts';

const PEERS = [nginx, weir, haproxy, configurableHttpProxy, httpProxy3];
/** Programs that are compiled while they run get to their speed first. */
const WARM_SECONDS = 1;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Every figure of every peer in turn, again and again: a slow minute weighs on all alike. */
async function measureAll(laboratory: Laboratory, { figures, runs, seconds, limitMs }: GatewayOptions): Promise<Measurement[]> {
  const startedAt = performance.now();
  const running: RunningPeer[] = [];
  const busy = figures.filter(({ work }) => work !== 'idle');
  if (busy.length > 0) {
    for (const peer of PEERS) running.push(await laboratory.start(peer));
    running.push(laboratory.direct);
    say('warming up');
    for (const figure of busy) for (const peer of running) await laboratory.measure(figure, peer, WARM_SECONDS);
  }
  const measurements: Measurement[] = [];
  for (let run = 1; run <= runs; run++) {
    if (performance.now() - startedAt > limitMs) {
      say(`stopping after ${run - 1} of ${runs} repetitions: time is up`);
      break;
    }
    for (const figure of figures) {
      say(`repetition ${run} of ${runs}: ${figure.title}`);
      if (figure.work === 'idle') measurements.push(...(await measureIdle(laboratory, figure, run, seconds)));
      else for (const peer of running) measurements.push({ figure: figure.key, peer: peer.name, run, result: await laboratory.measure(figure, peer, seconds) });
    }
  }
  for (const peer of running) await laboratory.stop(peer);
  return measurements;
}

/** Memory is looked at in a process that has done nothing before. */
async function measureIdle(laboratory: Laboratory, figure: GatewayOptions['figures'][number], run: number, seconds: number): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const peer of PEERS) {
    const fresh = await laboratory.start(peer);
    measurements.push({ figure: figure.key, peer: peer.name, run, result: await laboratory.measure(figure, fresh, seconds) });
    await laboratory.stop(fresh);
  }
  return measurements;
}

const options = commandLine(gatewayOptions);
await installPeers(say);
const loadBefore = loadavg();
const laboratory = await Laboratory.open();
await guarded(async () => {
  const measurements = await measureAll(laboratory, options);
  const lines = options.figures.flatMap((figure) => linesOf(figure, measurements));
  const missed = missedBars(lines, weir.name);
  const machine = { processors: availableParallelism(), node: process.version, loadBefore, loadAfter: loadavg() };
  if (options.json) process.stdout.write(`${JSON.stringify({ machine, rows: lines, missed })}\n`);
  else process.stdout.write(`${gatewayTable(lines)}\n${machine.processors} processors, load ${loadBefore[0]?.toFixed(1)} before and ${machine.loadAfter[0]?.toFixed(1)} after\n${missed.length > 0 ? `missed: ${missed.join('; ')}\n` : ''}`);
  if (options.strict && missed.length > 0) process.exitCode = 1;
}, () => laboratory.close());
