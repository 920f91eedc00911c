import { afterAll } from 'vitest';
import { PretendWorker } from '../internal/testing/pretend-worker.ts';
import { runControlPlane } from './running-control-plane.ts';

/** A control plane for the tests of one file, with an owner and a worker that only reports; closed after them. */
export async function openPlane() {
  const plane = await runControlPlane();
  afterAll(() => plane.close());
  return { plane, owner: await plane.caller('owner'), worker: new PretendWorker(plane) };
}
