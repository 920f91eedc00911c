import type { Me } from '@weir/contracts';
import { cache } from 'react';
import { problemOf } from '#api/problem.ts';
import { callApi, readApi } from '#api/server.ts';

/** Who is signed in, where; read once per page. */
export const readMe = cache(async (): Promise<Me> => readApi('me.read', {}));

/** The same for the frame around pages, which must stand even when nothing answers. */
export const readMeIfPossible = cache(async (): Promise<Me | null> => {
  try {
    return await callApi('me.read', {});
  } catch (error) {
    // What the page below reads says the same, in the place where it belongs.
    if (problemOf(error) !== undefined || error instanceof TypeError) return null;
    throw error;
  }
});
