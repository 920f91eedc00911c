import type { PythonView } from '@weir/contracts';
import { DomainError } from '@weir/domain';
import { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { apiCommand, type CommonOptions, openSession, type Session } from '../command.ts';
import { size, table } from '../format.ts';

const PAUSE_MS = 500;

export function pythonCommand(): Command {
  return new Command('python')
    .description('The Pythons that apps may run on')
    .addCommand(apiCommand('list', 'List them: where they are from, and which are ready').action(list))
    .addCommand(apiCommand('add', 'Prepare one now, so that no deployment waits for it').argument('<version>', 'such as 3.13').action(add));
}

/** The images of a Python could not be made. */
class PythonNotMade extends DomainError {
  readonly code = 'python.not_made';
  readonly kind = 'unavailable';
  readonly publicMessage: string;
  constructor({ version, reason }: PythonView) {
    super(`Python ${version} was not made`);
    this.publicMessage = `Python ${version} could not be prepared: ${reason ?? 'it is not there, and nobody says why'}`;
  }
}

async function list(options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const { items } = await client.call('pythons.list', {});
  output.result(items, () => table(['VERSION', 'FROM', 'STATE', 'SIZE', ''], items.map((one) => [one.version, one.from ?? '-', stateOf(one), one.sizeBytes === null ? '-' : size(one.sizeBytes), noteOf(one)])));
}

const stateOf = ({ state }: PythonView): string => state.replaceAll('-', ' ');

const noteOf = ({ isDefault, step, reason }: PythonView): string => [isDefault ? 'the default' : null, step, reason].filter((note) => note !== null).join('; ');

async function add(version: string, options: CommonOptions): Promise<void> {
  const session = openSession(options);
  const made = await untilMade(session, await session.client.call('pythons.prepare', { params: { version } }));
  session.output.result(made, () => `Python ${version} is ready.`);
}

/** Says each step of it once. @throws PythonNotMade */
async function untilMade({ patientClient, output }: Session, begun: PythonView): Promise<PythonView> {
  let told: string | null = null;
  for (let now = begun; ; await delay(PAUSE_MS), now = await again(patientClient, begun)) {
    if (now.state === 'ready') return now;
    if (now.state !== 'preparing') throw new PythonNotMade(now);
    if (now.step !== null && now.step !== told) output.say((told = now.step));
  }
}

async function again(client: Session['patientClient'], { version }: PythonView): Promise<PythonView> {
  const { items } = await client.call('pythons.list', {});
  return items.find((one) => one.version === version) ?? { version, isDefault: false, state: 'unavailable', from: null, sizeBytes: null, step: null, reason: null };
}
