import { ensureBaseImage, ensureBuilderImage, ensureStoresImage, releaseImages } from '@weir/images';
import type Docker from 'dockerode';
import { hostPackageSources } from './package-sources.ts';

/** Not an installation: a name under which a test run keeps the images that its installations share. */
const HOLDER = 'weirtest';
const PYTHON = '3.11';

interface HoldImages {
  readonly docker: Docker;
  /** Whether to hold the image of Redis and PostgreSQL too. */
  readonly stores: boolean;
  readonly say: (text: string) => void;
}

/** Makes the images that a run's installations share, so that each finds them; the answer lets go of them. */
export async function holdImages({ docker, stores, say }: HoldImages): Promise<() => Promise<void>> {
  const { caBundle, indexUrl } = hostPackageSources();
  const base = await ensureBaseImage({ docker, installation: HOLDER, python: PYTHON, say });
  await ensureBuilderImage({ docker, installation: HOLDER, base, python: PYTHON, say, indexUrl, ...(caBundle && { caBundle }) });
  if (stores) await ensureStoresImage({ docker, installation: HOLDER, base, say, ...(caBundle && { caBundle }) });
  return () => releaseImages(docker, HOLDER);
}
