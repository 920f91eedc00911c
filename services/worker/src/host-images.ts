import { ensureBaseImage, ensureBuilderImage } from '@weir/images';
import type { Logger } from '@weir/telemetry';
import Docker from 'dockerode';
import type { WorkerConfig } from './config.ts';

/**
 * The configuration with images for every Python it names: those it was given, the others made now.
 * The first start of a host takes a minute for it; later ones find what is there.
 *
 * @throws ImageNotMade
 */
export async function withHostImages(config: WorkerConfig, log: Logger): Promise<WorkerConfig> {
  const baseImages = { ...config.WEIR_BASE_IMAGES };
  const builderImages = { ...config.WEIR_BUILDER_IMAGES };
  const docker = new Docker(); // it reads DOCKER_HOST itself
  for (const python of config.WEIR_PYTHONS) {
    const request = { docker, installation: config.WEIR_INSTALLATION, python, say: (step: string) => log.info({ python, step }, 'image.step') };
    const base = (baseImages[python] ??= await ensureBaseImage(request));
    builderImages[python] ??= await ensureBuilderImage({ ...request, base, indexUrl: config.WEIR_INDEX_URL, ...(config.WEIR_CA_BUNDLE && { caBundle: config.WEIR_CA_BUNDLE }) });
  }
  return { ...config, WEIR_BASE_IMAGES: baseImages, WEIR_BUILDER_IMAGES: builderImages };
}
