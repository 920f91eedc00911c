import { z } from 'zod';
import { RULE_IDS } from './rules.ts';

const Place = { path: z.string().max(4096), line: z.number().int().min(1) };

/** What the program answers. It read a stranger's files, so its words are judged here again. */
const Report = z.object({
  findings: z.array(z.object({ rule: z.enum(RULE_IDS), ...Place, subject: z.string().max(400) })).max(500),
  imports: z.array(z.object({ module: z.string().max(400), ...Place, needed: z.boolean() })).max(5000),
  skipped: z.array(z.object({ path: z.string().max(4096), why: z.enum(['syntax', 'size', 'time']) })).max(200),
  /** Where the rules about code broke off; the findings until then count. */
  broken: z.string().max(200).nullable(),
});
export type Report = z.infer<typeof Report>;
export type Import = Report['imports'][number];

/** @throws if it is not what the program writes */
export const readReport = (text: string): Report => Report.parse(JSON.parse(text));
