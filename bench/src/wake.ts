import { BareContainer } from './bare-container.ts';
import { commonOptions } from './command-line.ts';
import { guarded } from './guarded.ts';
import { Platform } from './platform.ts';
import { missed, type Pair, rowOf } from './statistics.ts';
import { aligned, tableOf } from './table.ts';
import { redeployUnderLoad, type Losses } from './wake/redeploy-under-load.ts';
import { SleepingApp } from './wake/sleeping-app.ts';

const HOSTNAME = 'sleeper';
const VISITORS = 100;
const SOURCE = { 'streamlit_app.py': 'import streamlit as st\n\nst.title("Bench")\n', 'requirements.txt': 'streamlit\n' };
const options = commonOptions(5, 20);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const platform = await Platform.start();
let bare: BareContainer | undefined;
const cleanUp = async (): Promise<void> => {
  await bare?.remove();
  await platform.destroy();
};

/** What 99 in 100 did not exceed. */
const p99 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;

await guarded(async () => {
  say('deploying an app');
  await platform.deployed(HOSTNAME, SOURCE);
  const app = new SleepingApp(platform, HOSTNAME);
  bare = await BareContainer.create((await app.view()).release.image);
  await bare.start();

  const pairs = { frozen: [] as Pair[], stopped: [] as Pair[], crowd: [] as Pair[] };
  const starts: number[] = [];
  const losses: Losses[] = [];
  for (let run = 1; run <= options.runs; run++) {
    say(`round ${run} of ${options.runs}: frozen`);
    await app.sleep('frozen');
    await bare.pause();
    pairs.frozen.push({ weir: await app.firstByte(), bare: await bare.unpause() });

    say(`round ${run} of ${options.runs}: stopped`);
    await app.sleep('stopped');
    await bare.stop();
    const one = await app.openSession();
    pairs.stopped.push({ weir: one, bare: await bare.start() });

    say(`round ${run} of ${options.runs}: ${VISITORS} visitors at once`);
    await app.sleep('stopped');
    const times: number[] = [];
    starts.push(await app.startsDuring(() => Promise.all(Array.from({ length: VISITORS }, async () => times.push(await app.openSession())))));
    pairs.crowd.push({ weir: p99(times), bare: one });

    say(`round ${run} of ${options.runs}: redeploy under load`);
    losses.push(await redeployUnderLoad(platform, app, HOSTNAME));
  }

  const rows = [
    rowOf('wake, frozen: first byte of / (bare: docker unpause + request)', pairs.frozen, { must: 3, aim: 1.5 }),
    rowOf('wake, stopped: WebSocket open (bare: docker start until healthy)', pairs.stopped, { must: 1.5, aim: 1.2 }),
    rowOf(`p99 of ${VISITORS} visitors at once (bare: one visitor)`, pairs.crowd, { must: 1.3, aim: 1.3 }),
  ];
  const counts = [
    { name: `container starts for ${VISITORS} visitors`, most: Math.max(...starts), must: 1 },
    { name: 'failed requests across a redeploy', most: Math.max(...losses.map(({ failedRequests }) => failedRequests)), must: 0 },
    { name: 'dropped sockets across a redeploy', most: Math.max(...losses.map(({ droppedSockets }) => droppedSockets)), must: 0 },
  ];
  const misses = [...missed(rows), ...counts.filter(({ most, must }) => most > must).map(({ name }) => name)];
  const table = aligned([['counted', 'most', 'must'], ...counts.map(({ name, most, must }) => [name, String(most), `≤${must}`])]);
  process.stdout.write(options.json ? `${JSON.stringify({ rows, counts, missed: misses })}\n` : `${tableOf(rows)}\n\n${table}\n${misses.length > 0 ? `missed: ${misses.join('; ')}\n` : ''}`);
  if (options.strict && misses.length > 0) process.exitCode = 1;
}, cleanUp);
