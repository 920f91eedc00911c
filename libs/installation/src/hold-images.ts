import { ensureBaseImage, ensureBuilderImage, releaseImages } from '@weir/images';
import type Docker from 'dockerode';
import { hostPackageSources } from './package-sources.ts';

/** Not an installation: a name under which a test run keeps the images that its installations share. */
const HOLDER = 'weirtest';
const PYTHON = '3.11';

/** Makes the base and builder images, so that a run's installations find them; the answer lets go of them. */
export async function holdImages(docker: Docker, say: (text: string) => void): Promise<() => Promise<void>> {
  const { caBundle, indexUrl } = hostPackageSources();
  const base = await ensureBaseImage({ docker, installation: HOLDER, python: PYTHON, say });
  await ensureBuilderImage({ docker, installation: HOLDER, base, python: PYTHON, say, indexUrl, ...(caBundle && { caBundle }) });
  return () => releaseImages(docker, HOLDER);
}
