import { z } from 'zod';
import { PythonVersion } from './common.ts';

/** `on-first-need`: made by the first build that needs it, or when asked to. */
export const PYTHON_STATES = ['ready', 'preparing', 'on-first-need', 'unavailable'] as const;

export const PythonView = z.object({
  version: PythonVersion,
  isDefault: z.boolean().describe('taken where neither app nor repository asks for one'),
  state: z.enum(PYTHON_STATES),
  from: z.string().nullable().describe('where its images are from, or would be: a Debian suite, or an image of a registry'),
  sizeBytes: z.number().int().nullable().describe('of its images on disk'),
  step: z.string().nullable().describe('what preparing it does now'),
  reason: z.string().nullable().describe('why it cannot be had, or why preparing it failed the last time'),
});
export type PythonView = z.infer<typeof PythonView>;

export const PythonList = z.object({ items: z.array(PythonView) });
export type PythonList = z.infer<typeof PythonList>;
