import type Docker from 'dockerode';
import { hostMirror } from './apt-sources.ts';
import { readRelease, SuiteRefused } from './debian-release.ts';
import { suitesOf } from './debian-suite.ts';
import { registryHas } from './registry.ts';
import { lackOf } from './root-filesystem.ts';

/** Where the base image of a Python would come from, or why from nowhere. `lasting`: asking again soon will not help. */
export type PythonOrigin = { readonly from: string } | { readonly from: null; readonly reason: string; readonly lasting: boolean };

export interface OriginQuestion {
  readonly docker: Docker;
  readonly python: string;
  /** A Debian mirror; the one this host's apt uses when not given. */
  readonly mirror?: string;
  /** `HOST[:PORT]` of a registry; the public one when not given. */
  readonly registry?: string;
}

/** Asks the registry, then the Debian mirror. Nothing is made. */
export async function pythonOrigin({ docker, python, mirror, registry }: OriginQuestion): Promise<PythonOrigin> {
  const pulled = await registryHas(docker, python, registry);
  return pulled === undefined ? debianOrigin(python, mirror) : { from: pulled };
}

async function debianOrigin(python: string, mirror?: string): Promise<PythonOrigin> {
  if (suitesOf(python).length === 0) return { from: null, reason: 'no Debian suite carries it, and no container registry gives it', lasting: true };
  const lack = lackOf();
  if (lack !== undefined) return { from: null, reason: `no container registry gives it, and making it from Debian needs ${lack}`, lasting: true };
  try {
    return { from: (await findSuite(python, mirror)).title };
  } catch (error) {
    if (!(error instanceof SuiteRefused)) throw error;
    return { from: null, reason: error.message, lasting: error.lasting };
  }
}

/** The first Debian suite with that Python that the mirror has and Debian vouches for. @throws SuiteRefused */
export async function findSuite(python: string, mirror = hostMirror()): Promise<{ suite: string; title: string; mirror: string }> {
  let refused = new SuiteRefused('no Debian suite carries it', true);
  for (const suite of suitesOf(python)) {
    try {
      return { suite, mirror, title: await readRelease({ mirror, suite }) };
    } catch (error) {
      if (!(error instanceof SuiteRefused)) throw error;
      refused = new SuiteRefused(`Debian ${suite}: ${error.message}`, error.lasting && refused.lasting, { cause: error });
    }
  }
  throw refused;
}
