import { z } from 'zod';
import { AppRef, idOf } from './common.ts';
import { AppView, DeploymentView, LogLine } from './apps.ts';

/*
 * Live channels at `/live`: JSON messages `{event, data}` as @nestjs/platform-ws frames them.
 * A subscriber gets the present state first, then changes. Session cookie or bearer token.
 */

export const Subscribe = z.discriminatedUnion('topic', [
  z.strictObject({ topic: z.literal('apps') }),
  z.strictObject({ topic: z.literal('app'), app: AppRef }),
  z.strictObject({ topic: z.literal('build-log'), deployment: idOf('deployment'), after: z.number().int().default(0) }),
  z.strictObject({ topic: z.literal('app-log'), app: AppRef, after: z.number().int().default(0) }),
]);
export type Subscribe = z.infer<typeof Subscribe>;

export type LiveMessage =
  | { event: 'app'; data: AppView }
  | { event: 'app-deleted'; data: { id: string } }
  | { event: 'deployment'; data: DeploymentView }
  | { event: 'log'; data: { topic: 'build-log' | 'app-log'; subject: string; lines: LogLine[]; ended: boolean } }
  | { event: 'problem'; data: { code: string; detail: string } };
