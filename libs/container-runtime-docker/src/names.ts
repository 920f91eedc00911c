import type { AppId, InstanceId } from '@weir/domain';

/** Labels on everything that Weir makes in Docker: what a worker knows after it was killed. */
export const LABEL = {
  installation: 'weir.installation',
  kind: 'weir.kind',
  app: 'weir.app',
  workspace: 'weir.workspace',
  release: 'weir.release',
  deployment: 'weir.deployment',
  instance: 'weir.instance',
  attempt: 'weir.attempt',
} as const;

export const containerName = (installation: string, id: InstanceId): string => `weir-${installation}-instance-${id}`;

export const networkName = (installation: string, app: AppId): string => `weir-${installation}-network-${app}`;

/** What every bridge of this installation starts with, so that one firewall rule covers them all. */
export const bridgePrefix = (installation: string): string => `w${installation.slice(0, 4)}`;

/** Linux allows 15 characters. The end of an id is its random part. */
export const bridgeName = (installation: string, app: AppId): string => `${bridgePrefix(installation)}${app.slice(-8)}`;
