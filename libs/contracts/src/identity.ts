import { ROLES } from '@weir/domain';
import { z } from 'zod';
import { idOf } from './common.ts';

/** What a one-time sign-in link carries. */
export const CreateSession = z.strictObject({ token: z.string().min(20).max(200) });

/** `session` is the cookie's value; it is shown here once and stored only as a hash. */
export const SessionCreated = z.object({ session: z.string(), cookie: z.string().describe("the cookie's name"), expiresAt: z.iso.datetime() });

export const Me = z.object({
  actor: z.object({ kind: z.enum(['user', 'token']), name: z.string() }),
  workspace: z.object({ id: idOf('workspace'), name: z.string() }),
  role: z.enum(ROLES),
  installation: z.object({ id: z.string(), version: z.string(), appsDomain: z.string(), allowedGitHosts: z.array(z.string()) }),
});
export type Me = z.infer<typeof Me>;
