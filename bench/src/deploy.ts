import { bootBare } from './bare-container.ts';
import { BareInstaller } from './bare-installer.ts';
import { commonOptions } from './command-line.ts';
import { guarded } from './guarded.ts';
import { type Files, Platform } from './platform.ts';
import { missed, type Pair, rowOf } from './statistics.ts';
import { tableOf } from './table.ts';
import { timed } from './waiting.ts';

const options = commonOptions(5, 20);
const { runs } = options;

interface Deployed {
  readonly status: string;
  readonly phases: Readonly<Record<string, number>>;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);
/** Published as pure wheels, each a new environment with one small download. */
const VERSIONS = ['4.67.1', '4.67.0', '4.66.6', '4.66.5', '4.66.4', '4.66.3', '4.66.2', '4.66.1', '4.66.0', '4.65.0', '4.64.1', '4.64.0', '4.63.2', '4.63.1', '4.63.0', '4.62.3', '4.62.2', '4.62.1', '4.62.0', '4.61.2', '4.61.1', '4.61.0', '4.60.0', '4.59.0', '4.58.0', '4.57.0', '4.56.0', '4.55.0', '4.54.1', '4.54.0', '4.53.0', '4.51.0', '4.50.2', '4.50.1', '4.50.0', '4.49.0', '4.48.2', '4.48.0', '4.47.0', '4.46.1', '4.46.0'];
let used = 0;
/** The same list as ever, with one small package that no environment has yet. */
const newRequirements = (): string => `streamlit\ntqdm==${VERSIONS[used++]}\n`;
const source = (text: string): Files => ({ 'streamlit_app.py': `import streamlit as st\n\nst.title("Bench")\nst.write("${text}")\n` });

const platform = await Platform.start();
let uv: BareInstaller | undefined;
const cleanUp = async (): Promise<void> => {
  await uv?.remove();
  await platform.destroy();
};

const imageOf = async (hostname: string): Promise<string> => (await platform.weir<{ release: { image: string } }>('app', hostname)).release.image;

async function firstDeploy(i: number): Promise<{ weir: number; hostname: string; requirements: string; phases: Deployed['phases'] }> {
  const hostname = `hello-${i}`;
  const requirements = newRequirements();
  const repository = await platform.repository(hostname, { ...source('first'), 'requirements.txt': requirements });
  let deployed: Promise<Deployed> | undefined;
  const weir = await timed(() => {
    deployed = platform.weir<Deployed>('deploy', repository.folder, '--hostname', hostname);
    return platform.answered(hostname);
  });
  const { phases = {} } = (await deployed) ?? {};
  repository.remove();
  return { weir, hostname, requirements, phases };
}

await guarded(async () => {
  uv = await BareInstaller.start(platform.plan);
  say('warming both package caches');
  const warm = await firstDeploy(0);
  await uv.install(warm.requirements);
  await bootBare(await imageOf(warm.hostname));

  const repository = await platform.repository('bench', { ...source('first'), 'requirements.txt': warm.requirements });
  await platform.weir('deploy', repository.folder, '--hostname', 'bench');
  let instance = await platform.answered('bench');

  /** From the push until the first 200 of the release that it makes. */
  const push = async (files: Files): Promise<number> => {
    await repository.commit(files);
    const before = instance;
    let pushed: Promise<unknown> | undefined;
    const weir = await timed(async () => {
      pushed = repository.git('push', '--quiet', 'weir', 'HEAD:main');
      instance = await platform.answered('bench', before);
    });
    await pushed;
    return weir;
  };
  /** From asking for the release before until its first 200. */
  const rollBack = (): Promise<number> => timed(async () => {
    const before = instance;
    await platform.call('POST', '/apps/bench/rollback', {});
    instance = await platform.answered('bench', before);
  });
  const phases = async (): Promise<string> => Object.entries((await platform.weir<readonly Deployed[]>('deployments', 'bench'))[0]?.phases ?? {}).map(([name, ms]) => `${name} ${ms}`).join(', ');

  const pairs = { source: [] as Pair[], rollback: [] as Pair[], dependency: [] as Pair[], first: [] as Pair[] };
  for (let i = 1; i <= runs; i++) {
    say(`round ${i} of ${runs}`);
    const weir = await push(source(`source ${i}`));
    say(`  source       ${await phases()}`);
    pairs.source.push({ weir, bare: await bootBare(await imageOf('bench')) });

    const back = await rollBack();
    say(`  rollback     ${await phases()}`);
    pairs.rollback.push({ weir: back, bare: await bootBare(await imageOf('bench')) });

    const requirements = newRequirements();
    const changed = await push({ 'requirements.txt': requirements });
    say(`  dependencies ${await phases()}`);
    pairs.dependency.push({ weir: changed, bare: (await uv.install(requirements)) + (await bootBare(await imageOf('bench'))) });

    const first = await firstDeploy(i);
    say(`  first deploy ${Object.entries(first.phases).map(([name, ms]) => `${name} ${ms}`).join(', ')}`);
    pairs.first.push({ weir: first.weir, bare: (await uv.install(first.requirements)) + (await bootBare(await imageOf(first.hostname))) });
  }
  repository.remove();

  const rows = [
    rowOf('source-only push → first 200', pairs.source, { must: 3, aim: 1.5 }),
    rowOf('rollback → first 200', pairs.rollback, { must: 1.5, aim: 1.5 }),
    rowOf('dependency change → first 200', pairs.dependency, { must: 2.5, aim: 1.5 }),
    rowOf('first deploy, warm packages → first 200', pairs.first, { must: 2.5, aim: 1.5 }),
  ];
  const misses = missed(rows);
  process.stdout.write(options.json ? `${JSON.stringify({ rows, missed: misses })}\n` : `${tableOf(rows)}\n${misses.length > 0 ? `missed: ${misses.join('; ')}\n` : ''}`);
  if (options.strict && misses.length > 0) process.exitCode = 1;
}, cleanUp);
