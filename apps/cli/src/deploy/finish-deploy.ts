import type { AppView, DeploymentView, FixView, WarningView } from '@weir/contracts';
import { inLine, SECRET_COMMITTED } from '@weir/domain';
import type { z } from 'zod';
import type { Session } from '../command.ts';
import { duration, printable } from '../format.ts';
import { warningWords } from './warning-words.ts';
import { watchDeployment } from './watch-deployment.ts';

type Warning = z.infer<typeof WarningView>;

/** Follows a deployment to its end and prints how it ended. Anything but live is a failure of the command, a committed credential a refusal. */
export async function finishDeploy({ patientClient, output }: Session, app: AppView, deployment: DeploymentView, warnings: readonly Warning[]): Promise<void> {
  output.known['deployment'] = deployment.id;
  output.say(`Deploying ${app.hostname} (${deployment.id})`, 'bold');
  const ended = await watchDeployment(patientClient, deployment, {
    line: ({ stream, text }) => output.line(text, stream === 'stdout' ? undefined : stream === 'stderr' ? 'yellow' : 'dim'),
    place: (place) => output.say(`Queued, ${inLine(place)}`, 'dim'),
  });
  const document = resultOf(app, ended, warnings);
  output.result(document, () => describeResult(document, ended));
  process.exitCode = ended.status === 'live' ? 0 : ended.failure?.code === SECRET_COMMITTED ? 2 : 1;
}

/** What `deploy` answers, whatever the end. */
export const resultOf = (app: AppView, ended: DeploymentView, warnings: readonly Warning[]) => ({
  app: app.id,
  hostname: app.hostname,
  url: app.url,
  deployment: ended.id,
  release: ended.release,
  status: ended.status,
  commit: ended.commit,
  failure: ended.failure,
  phases: ended.phases,
  warnings: [...warnings, ...ended.warnings],
});

export function describeResult({ status, url, failure, hostname }: ReturnType<typeof resultOf>, ended: DeploymentView): string {
  const notes = ended.warnings.map((one) => `\nWarning: ${warningWords(one)}`);
  if (status === 'live') return [`\n${url} is live after ${duration(Object.values(ended.phases).reduce((sum, ms) => sum + ms, 0))}.`, ...notes].map(printable).join('\n');
  if (!failure) return `\nThe deployment of ${hostname} was ${status}.`;
  const parts = [`\nThe deployment of ${hostname} failed in the phase ${failure.phase}: ${failure.message}`, failure.excerpt?.replaceAll(/^/gm, '  '), failure.hint, fixCommand(hostname, failure.fix), `(${failure.code})`, ...notes];
  return parts.filter((part) => part !== null && part !== undefined).map(printable).join('\n');
}

const OPTIONS = { python: '--python', entryFile: '--entry' } as const;

/** The command that mends it, where a setting that commands know does. */
function fixCommand(hostname: string, fix: FixView | undefined): string | undefined {
  return fix && fix.setting !== 'memoryMib' ? `To do so: ./weir deploy ${hostname} ${OPTIONS[fix.setting]} ${shellWord(fix.value)}` : undefined;
}

const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
