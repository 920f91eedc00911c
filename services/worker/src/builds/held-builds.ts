import { BuildJob } from '@weir/contracts';
import type { JobQueue } from '@weir/job-queue';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BuildReports } from './build-reports.ts';

/** Ends the name of a note that is being written. */
const UNNAMED = '.new';
const HeldBuild = BuildJob.extend({ attempt: z.number().int(), job: BuildJob, receipt: z.string().min(1) });
/** A build that this worker claimed, with the job that rang for it, which may name another build, and the queue's receipt for that job. */
export type HeldBuild = z.infer<typeof HeldBuild>;

/**
 * What this worker builds, noted on disk, so that its next process can have it built anew at once.
 * Without a note that happens too, but only when lease and lock have run out.
 */
export class HeldBuilds {
  constructor(private readonly folder: string, private readonly queue: JobQueue, private readonly reports: Pick<BuildReports, 'release'>) {}

  async note(build: HeldBuild): Promise<void> {
    const path = this.#path(build);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}${UNNAMED}`, JSON.stringify(build), { mode: 0o600 });
    await rename(`${path}${UNNAMED}`, path);
  }

  async forget(build: HeldBuild): Promise<void> {
    await rm(this.#path(build), { force: true });
  }

  /** What the process before this one had. A folder belongs to one worker, so whoever wrote the notes is dead. */
  async left(): Promise<HeldBuild[]> {
    const names = await readdir(this.folder).catch(() => [] as string[]); // nothing was ever claimed
    const named = await Promise.all(names.map((name) => this.#named(join(this.folder, name))));
    const builds = await Promise.all([...new Set(named)].map((path) => this.#read(path)));
    return builds.filter((build) => build !== undefined);
  }

  /** Has these built anew. One that ended, or that another worker took over meanwhile, is left alone. */
  async giveBack(builds: readonly HeldBuild[]): Promise<void> {
    for (const build of builds) {
      const { released } = await this.reports.release(build.deployment, build.attempt);
      await this.forget(build);
      if (!released) continue;
      await this.queue.giveBack(build.job, build.receipt);
      await this.queue.add({ deployment: build.deployment }); // a worker that was stopped in good order has ended its job
    }
  }

  /** Gives a note its name that was written, and whose writer died before that. */
  async #named(path: string): Promise<string> {
    if (!path.endsWith(UNNAMED)) return path;
    const named = path.slice(0, -UNNAMED.length);
    await rename(path, named);
    return named;
  }

  /** Of a note that a power cut left half written nothing is known. */
  async #read(path: string): Promise<HeldBuild | undefined> {
    try {
      return HeldBuild.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      await rm(path, { force: true });
      return undefined;
    }
  }

  #path({ deployment, attempt }: HeldBuild): string {
    return join(this.folder, `${deployment}.${attempt}`);
  }
}
