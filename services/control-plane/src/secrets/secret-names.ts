import type { Rows, Tx } from '@weir/database';

/** What is kept of a secret besides its ciphertext. The fingerprint tells whether the value changed, not what it is. */
export interface SecretName {
  readonly name: string;
  /** The version of the app's secrets in which its value was last changed. */
  readonly version: number;
  readonly setBy: string;
  readonly setAt: string;
  readonly fingerprint: string;
}

export const namesOf = (row: Pick<Rows.SecretVersion, 'names'> | null): SecretName[] => (row?.names ?? []) as unknown as SecretName[];

/** The names in one version of an app's secrets; none in version 0. */
export const namesIn = async (db: Pick<Tx, 'secretVersion'>, appId: string, version: number): Promise<SecretName[]> =>
  namesOf(await db.secretVersion.findUnique({ where: { appId_version: { appId, version } }, select: { names: true } }));

/** The names of a new version: a value that stayed keeps who set it and when. */
export function nextNames(before: readonly SecretName[], fingerprints: ReadonlyMap<string, string>, { version, setBy, setAt }: Omit<SecretName, 'name' | 'fingerprint'>): SecretName[] {
  const stayed = (name: string, fingerprint: string) => before.find((old) => old.name === name && old.fingerprint === fingerprint);
  return [...fingerprints].map(([name, fingerprint]) => stayed(name, fingerprint) ?? { name, version, setBy, setAt, fingerprint });
}
