import { availableParallelism, loadavg } from 'node:os';
import { commandLine } from './command-line.ts';
import { Comparison } from './gateway/comparison.ts';
import { gatewayOptions } from './gateway/gateway-options.ts';
import { gatewayTable } from './gateway/gateway-table.ts';
import { installPeers } from './gateway/install-peers.ts';
import { Laboratory } from './gateway/laboratory.ts';
import { linesOf, missedBars } from './gateway/measurements.ts';
import { haproxy } from './gateway/peers/haproxy.ts';
import { nginx } from './gateway/peers/nginx.ts';
import { configurableHttpProxy, httpProxy3 } from './gateway/peers/node-proxies.ts';
import { weir } from './gateway/peers/weir.ts';
import { guarded } from './guarded.ts';

const PEERS = [nginx, weir, haproxy, configurableHttpProxy, httpProxy3];

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const options = commandLine(gatewayOptions);
await installPeers(say);
const loadBefore = loadavg();
const laboratory = await Laboratory.open();

await guarded(async () => {
  const comparison = new Comparison(laboratory, PEERS, say);
  await comparison.run(options);
  const { measurements, failures } = comparison;
  const rows = options.figures.flatMap((figure) => linesOf(figure, measurements));
  const missed = missedBars(rows, weir.name);
  const machine = { processors: availableParallelism(), node: process.version, loadBefore, loadAfter: loadavg() };
  if (options.json) process.stdout.write(`${JSON.stringify({ machine, rows, missed, failures })}\n`);
  else {
    const notes = [`${machine.processors} processors, load ${loadBefore[0]?.toFixed(1)} before and ${machine.loadAfter[0]?.toFixed(1)} after`, ...failures.map((each) => `not measured: ${each}`), ...(missed.length > 0 ? [`missed: ${missed.join('; ')}`] : [])];
    process.stdout.write(`${gatewayTable(rows)}\n${notes.join('\n')}\n`);
  }
  if (failures.length > 0 || (options.strict && missed.length > 0)) process.exitCode = 1;
}, () => laboratory.close());
