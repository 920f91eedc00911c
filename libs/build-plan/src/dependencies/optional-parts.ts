import type { Framework } from '../frameworks.ts';
import { type Pyproject, versionsOf } from '../pyproject.ts';

/** An extra or a group of a project that is installed along. */
export interface OptionalPart {
  readonly kind: 'extra' | 'group';
  readonly name: string;
  readonly requirements: readonly string[];
  readonly note: string;
}

/** Where the project names the app's framework, if not among its dependencies: what else the app needs stands there too. */
export function partNaming(framework: Framework, direct: ReadonlyMap<string, string>, { extras, groups }: Pyproject): OptionalPart | undefined {
  if (direct.has(framework.name)) return undefined;
  const parts = [...Array.from(extras, ([name, requirements]) => ({ kind: 'extra' as const, name, requirements })), ...Array.from(groups, ([name, requirements]) => ({ kind: 'group' as const, name, requirements }))];
  const part = parts.find(({ requirements }) => versionsOf(requirements).has(framework.name));
  return part && { ...part, note: `The ${part.kind} “${part.name}” is installed too, because it names ${framework.title}.` };
}
