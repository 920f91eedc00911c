import { HeavyBuild } from './build-load/heavy-build.ts';
import { latenciesOf, p95 } from './build-load/latencies.ts';
import { commonOptions } from './command-line.ts';
import { guarded } from './guarded.ts';
import { Platform } from './platform.ts';
import { missed, type Pair, rowOf, summarise } from './statistics.ts';
import { aligned } from './table.ts';

const HOSTNAME = 'used';
/** Builds at once that a host does if nothing else is said. */
const PLACES = 2;
const WINDOW_MS = 20_000;
/** A script as people have them: some work of its own, and a few elements. */
const SOURCE = { 'streamlit_app.py': 'import streamlit as st\n\nst.title("Used")\nst.write(sum(i * i for i in range(100_000)))\n', 'requirements.txt': 'streamlit\n' };
const options = commonOptions(5, 20);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const platform = await Platform.start();
await guarded(async () => {
  say('deploying an app');
  await platform.deployed(HOSTNAME, SOURCE);
  await latenciesOf(platform, HOSTNAME, 2000);

  const pairs = { reruns: [] as Pair[], requests: [] as Pair[] };
  const processors: number[] = [];
  for (let run = 1; run <= options.runs; run++) {
    say(`round ${run} of ${options.runs}: nothing is built`);
    const idle = await latenciesOf(platform, HOSTNAME, WINDOW_MS);

    const builds: HeavyBuild[] = [];
    for (let i = 1; i <= PLACES; i++) builds.push(await HeavyBuild.begin(platform, `heavy-${run}-${i}`));
    await Promise.all(builds.map((build) => build.compiles()));
    const third = await HeavyBuild.begin(platform, `heavy-${run}-third`);
    const { status, queuePosition } = await third.view();
    if (status !== 'queued' || queuePosition !== 1) throw new Error(`a third build is ${status}, at place ${queuePosition}`);
    say(`round ${run} of ${options.runs}: ${PLACES} builds compile, a third waits`);
    const spent = async (): Promise<number> => (await Promise.all(builds.map((build) => build.cpuSeconds()))).reduce((sum, seconds) => sum + seconds, 0);
    const [before, since] = [await spent(), performance.now()];
    const loaded = await latenciesOf(platform, HOSTNAME, WINDOW_MS);
    processors.push((await spent() - before) / ((performance.now() - since) / 1000));
    await third.cancel();
    await Promise.all(builds.map((build) => build.cancel()));

    pairs.reruns.push({ weir: p95(loaded.reruns), bare: p95(idle.reruns) });
    pairs.requests.push({ weir: p95(loaded.requests), bare: p95(idle.requests) });
  }

  const rows = [
    rowOf('p95 of a rerun of a Streamlit script', pairs.reruns, { must: 2, aim: 1.3 }),
    rowOf('p95 of a small request', pairs.requests, { must: 2, aim: 1.3 }),
  ];
  const busy = summarise(processors);
  const misses = missed(rows);
  const table = aligned([
    ['figure', `while ${PLACES} builds compile`, 'while none does', 'ratio', 'must', 'aim'],
    ...rows.map(({ name, weir, bare, ratio, must, aim }) => [name, `${weir.median.toFixed(1)} ms`, `${bare.median.toFixed(1)} ms`, `${ratio.median.toFixed(2)}x ${ratio.min.toFixed(2)}-${ratio.max.toFixed(2)}`, `≤${must}`, `≤${aim}`]),
  ]);
  process.stdout.write(options.json ? `${JSON.stringify({ rows, processorsOfBuilds: busy, missed: misses })}\n` : `${table}\nThe builds had ${busy.median.toFixed(2)} processors (${busy.min.toFixed(2)}-${busy.max.toFixed(2)}).\n${misses.length > 0 ? `missed: ${misses.join('; ')}\n` : ''}`);
  if (options.strict && misses.length > 0) process.exitCode = 1;
}, () => platform.destroy());
