import { type CheckedSource, credentialsIn, type Finding, judge, readSource, type Report } from '@weir/deploy-check';
import { credentialKey, SECRET_COMMITTED, type Warning } from '@weir/domain';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { failed } from './build-failed.ts';
import type { BuildSession } from './build-session.ts';
import { SandboxPython } from './sandbox-python.ts';
import { MOST_WARNINGS, unknownCredentials } from './unknown-credentials.ts';

/** The deploy check of one build. It warns; only a committed credential that nobody acknowledged stops the build. */
export class DeployCheck {
  #report: Report | undefined;

  constructor(
    private readonly session: BuildSession,
    private readonly source: CheckedSource,
  ) {}

  /** Reads the source in a sandbox. A check that cannot be done stops nothing. @throws BuildFailed `secret.committed` */
  async read(sandbox: Sandbox): Promise<void> {
    const { session, source } = this;
    try {
      this.#report = await readSource(source, new SandboxPython(sandbox));
    } catch (error) {
      session.signal.throwIfAborted();
      session.log.say(`The deploy check was not done: ${error instanceof Error ? error.message.split('\n', 1)[0] : 'it broke off'}`);
      return;
    }
    const { all, known } = session.order.acknowledged;
    const open = all ? [] : unknownCredentials(credentialsIn(this.#report).map(warningOf), known);
    if (open.length === 0) return;
    this.conclude(null);
    throw refusal(open, session.order.hostname);
  }

  /** Tells what was found, once it is known what was installed. */
  conclude(lock: string | null): void {
    if (!this.#report) return;
    const { skipped, broken } = this.#report;
    if (broken !== null) this.session.log.say(`The rules of the deploy check about code broke off: ${broken}.`);
    const findings = judge(this.#report, this.source, lock).filter(({ rule }) => rule !== 'secrets_file'); // the fetch has told of it
    if (skipped.length > 0) this.session.log.say(`The deploy check left out ${skipped.slice(0, 5).map(({ path }) => path).join(', ')}${skipped.length > 5 ? ' and others' : ''}: not to be read as Python, too large, or out of time.`);
    if (findings.length > 0) this.session.checked(firstOfEach(findings.map(warningOf)));
    if (findings.length > MOST_WARNINGS) this.session.log.say(`${findings.length - MOST_WARNINGS} more are found by “weir check”.`);
  }
}

const warningOf = ({ rule, path, line, why, fix }: Finding): Warning => ({ code: rule === 'committed_credential' ? SECRET_COMMITTED : `check.${rule}`, message: why, excerpt: null, place: { path, line }, hint: fix });

/** All credentials have to be told of, so that all can be acknowledged: of each kind one, then all of them, then what else there is. */
const firstOfEach = (warnings: readonly Warning[]): Warning[] => {
  const kindsFirst = (some: readonly Warning[]): Warning[] => {
    const kinds = [...Map.groupBy(some, credentialKey).values()];
    return [...kinds.flatMap(([first]) => first ?? []), ...kinds.flatMap(([, ...others]) => others)];
  };
  const isCredential = ({ code }: Warning): boolean => code === SECRET_COMMITTED;
  return [...kindsFirst(warnings.filter(isCredential)), ...kindsFirst(warnings.filter((each) => !isCredential(each)))].slice(0, MOST_WARNINGS);
};

function refusal(findings: readonly Warning[], hostname: string) {
  const [first] = findings;
  const what = findings.length === 1 && first ? `A credential is committed in ${first.place?.path}, line ${first.place?.line}.` : `${findings.length} credentials are committed.`;
  const hint = `Replace what is real where it was issued, remove it from the repository, and use the app’s secrets. To deploy all the same: “weir deploy ${hostname} --acknowledge-secrets”, or “Deploy anyway” in the console.`;
  return failed('plan', 'secret.committed', `${what} Nothing was deployed.`, hint, findings.map(({ place, message }) => `${place?.path}:${place?.line}: ${message}`).join('\n'));
}
