import { hostnameProblem, isBranchName, isEntryFile, isId, isPythonVersion, type IdKind, type Id } from '@weir/domain';
import { z } from 'zod';
import { storable } from './storable.ts';

/** An id of one kind, such as `app_…`. */
export const idOf = <K extends IdKind>(kind: K) => z.custom<Id<K>>((value) => typeof value === 'string' && isId(kind, value), `not an id of this kind: ${kind}`).meta({ type: 'string', description: `id of a ${kind}` });

/** An app by its id or its hostname. */
export const AppRef = z.string().min(1).max(80).regex(/^[a-z0-9][a-z0-9_-]*$/, 'An app is named by its id or its hostname.');

export const Hostname = z.string().refine((text) => hostnameProblem(text) === undefined, 'A hostname has 1 to 63 letters, digits and hyphens, and is not a reserved name.');
export const BranchName = z.string().refine(isBranchName, 'This is not a branch name.');
export const EntryFile = z.string().refine(isEntryFile, 'An entry file is the path of a .py file inside the repository, or Dockerfile.');
export const PythonVersion = z.string().refine(isPythonVersion, 'A Python version looks like 3.11.');
export const Commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'A commit is 40 hexadecimal digits.');
export const Time = z.iso.datetime().describe('UTC, RFC 3339');

/** Keyset pages: `next` is sent back as `after` to get the following page; `null` on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(100).optional(),
});

/** RFC 9457. `code` is stable and has a page at `docs/errors/<code>.md`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string().optional(),
  /** What to mend, where the request's body or query was at fault. */
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What an app is written with. `version` is the installed one, where it is known. */
export const Framework = z.object({ name: z.string(), version: storable().nullable() });
export type Framework = z.infer<typeof Framework>;
