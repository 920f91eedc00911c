import { createHash } from 'node:crypto';

interface KeyParts {
  /** Raise it when environments are made differently. */
  readonly recipe: string;
  readonly base: string;
  readonly workspace: string;
  readonly inputs: readonly (readonly [name: string, content: string])[];
  /** Where the environment holds a copy of the source. */
  readonly commit: string | null;
}

/** Equal keys, equal environments. The workspace takes part: what one tenant made never runs for another. */
export function environmentKey({ recipe, base, workspace, inputs, commit }: KeyParts): string {
  const hash = createHash('sha256');
  const add = (text: string): void => void hash.update(`${Buffer.byteLength(text)}:`).update(text);
  for (const text of [recipe, base, workspace, commit ?? '', String(inputs.length), ...inputs.flat()]) add(text);
  return hash.digest('hex').slice(0, 32);
}
