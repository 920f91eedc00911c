import { randomBytes } from 'node:crypto';
import { installationId } from '@weir/domain';

const made: string[] = [];

/** An installation that no other test has. Whatever is made for it has its id in its name or on its label, so that what is left of it can be found. */
export function testInstallation(): string {
  const installation = installationId(randomBytes(8));
  made.push(installation);
  return installation;
}

/** Those of this file of tests. */
export const testInstallations = (): readonly string[] => made;
