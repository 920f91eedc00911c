import { APP_PORT, type InstanceExit, type ObservedInstance } from '@weir/container-runtime';
import { isId } from '@weir/domain';
import type Docker from 'dockerode';
import { LABEL } from './names.ts';

/** Signals a process ends by, by the number that is its exit code less 128. */
const SIGNALS: Record<number, string> = { 1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 15: 'SIGTERM', 31: 'SIGSYS' };
const KILLED = 137;

/** How a container ended. The engine keeps `OOMKilled` once any process of it was, so only a killed one counts. */
export const exitOf = (state: { ExitCode: number; OOMKilled: boolean }): InstanceExit => ({
  code: state.ExitCode,
  signal: SIGNALS[state.ExitCode - 128] ?? null,
  oom: state.OOMKilled && state.ExitCode === KILLED,
});

const STATES: Record<string, ObservedInstance['state']> = { created: 'created', running: 'running', paused: 'frozen' };

export const stateOf = ({ State }: Pick<Docker.ContainerInfo, 'State'>): ObservedInstance['state'] => STATES[State] ?? 'ended';

/** A listed container as an instance, or nothing if its labels do not say which one it is. */
export function observedInstance(container: Docker.ContainerInfo, exit: InstanceExit | null): ObservedInstance | undefined {
  const of = (label: string): string => container.Labels[label] ?? '';
  const [id, app, workspace, release, deployment] = [of(LABEL.instance), of(LABEL.app), of(LABEL.workspace), of(LABEL.release), of(LABEL.deployment)];
  if (!isId('instance', id) || !isId('app', app) || !isId('workspace', workspace) || !isId('release', release) || !isId('deployment', deployment)) return undefined;
  const state = stateOf(container);
  const ip = Object.values(container.NetworkSettings?.Networks ?? {})[0]?.IPAddress;
  return {
    id, app, workspace, release, deployment,
    attempt: Number(of(LABEL.attempt)),
    container: container.Id,
    state,
    address: (state === 'running' || state === 'frozen') && ip ? `${ip}:${APP_PORT}` : null,
    createdAtMs: container.Created * 1000,
    exit,
  };
}
