import { ApiProblem } from '@weir/api-client';
import type { Problem } from '@weir/contracts';

/** The problem document that an error carries, if it is one of the API's. */
export const problemOf = (error: unknown): Problem | undefined => (error instanceof ApiProblem ? error.problem : undefined);
