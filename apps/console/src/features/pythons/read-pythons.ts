import type { PythonView } from '@weir/contracts';
import { problemOf } from '#api/problem.ts';
import { readApi } from '#api/server.ts';

/** The Pythons that an app may ask for; none while nobody can say, which leaves the form usable. */
export async function readPythons(): Promise<PythonView[]> {
  try {
    const { items } = await readApi('pythons.list', {});
    return items.filter(({ state }) => state !== 'unavailable');
  } catch (error) {
    if (problemOf(error)?.code === 'worker.unavailable') return [];
    throw error;
  }
}
