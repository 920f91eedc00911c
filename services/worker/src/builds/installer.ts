import { type BuildPlan, type DeniedHost, explainFailure, wheellessRelease } from '@weir/build-plan';
import { outputOf } from '../sandbox/output-of.ts';
import { type Sandbox, SandboxLimit } from '../sandbox/sandbox.ts';
import { BuildFailed, failed } from './build-failed.ts';
import type { BuildLog } from './build-log.ts';
import { BUILD_MEMORY_MIB } from './sandbox-for-build.ts';
import { wheelsOf } from './wheels-of.ts';

const LIMIT_MS = 15 * 60_000;
const MAX_ANSWER_BYTES = 900_000;
/** How many lines of a command are looked at to explain its end. */
const LINES_HEARD = 2000;

export interface InstallerParts {
  readonly sandbox: Sandbox;
  readonly plan: BuildPlan;
  readonly log: BuildLog;
  /** Those that the app could be set to. */
  readonly pythons: readonly string[];
  readonly diskMib: number | undefined;
  /** What the sandbox was refused so far. */
  readonly denied: readonly DeniedHost[];
}

/** Runs the commands that fill an environment, and explains those that fail. */
export class Installer {
  /** What every command is told; more may be added between them. */
  readonly env: Record<string, string>;

  /** @param python the environment's interpreter */
  constructor(private readonly parts: InstallerParts, readonly python: string, env: Readonly<Record<string, string>>) {
    this.env = { ...env };
  }

  /**
   * @param stdout `answer`: it is returned, not shown
   *
   * @throws BuildFailed
   */
  async run(argv: readonly string[], online: boolean, stdout: 'log' | 'answer' = 'log'): Promise<string> {
    const { sandbox, log } = this.parts;
    const said: string[] = [];
    const hear = (line: string): void => {
      said.push(line);
      if (said.length > 2 * LINES_HEARD) said.splice(0, LINES_HEARD);
    };
    const [out, err] = [log.stream('stdout', hear), log.stream('stderr', hear)];
    const command = { argv, env: this.env, cwd: '/app', online, stderr: err.write, limitMs: LIMIT_MS };
    let [code, text]: [number | null, string] = [null, ''];
    let timedOut = false;
    try {
      if (stdout === 'log') code = await sandbox.run({ ...command, stdout: out.write });
      else ({ code, text } = await outputOf(sandbox, { ...command, maxOutputBytes: MAX_ANSWER_BYTES }));
    } catch (error) {
      if (!(error instanceof SandboxLimit)) throw error;
      if (error.limit === 'output') throw failed('environment', 'build.too_much_output', 'The build printed far more than a build may, so it was ended.', 'Ask for a version of the package that has a wheel, or make its build say less.', said.slice(-40).join('\n').slice(-4000));
      timedOut = true;
    }
    out.end();
    err.end();
    if (code === 0) return text;
    throw await this.#explained(said, code, timedOut);
  }

  async #explained(said: readonly string[], exitCode: number | null, timedOut: boolean): Promise<BuildFailed> {
    const { sandbox, plan, pythons, denied, diskMib } = this.parts;
    const oom = !timedOut && (await sandbox.ranOutOfMemory());
    const wheelless = oom || timedOut ? undefined : wheellessRelease(said);
    const wheels = wheelless && (await wheelsOf(wheelless, { sandbox, env: this.env, python: this.python, sources: plan.sources, pythons }));
    return new BuildFailed(explainFailure({
      phase: 'environment', exitCode, signal: null, oom, timedOut, log: said.slice(-LINES_HEARD), plan, wheels, pythons, denied,
      allowed: { memoryMib: BUILD_MEMORY_MIB, seconds: LIMIT_MS / 1000, ...(diskMib !== undefined && { diskMib }) },
    }));
  }
}
