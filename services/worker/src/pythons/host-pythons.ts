import { ensureBaseImage, ensureBuilderImage, findPythonImages, holdPythonImages, type PythonImages, type PythonOrigin, pythonOrigin, removeLeftovers } from '@weir/images';
import Docker from 'dockerode';
import type { WorkerConfig } from '../config.ts';
import { PythonSource } from './python-source.ts';

type Settings = Pick<WorkerConfig, 'WEIR_INSTALLATION' | 'WEIR_INDEX_URL' | 'WEIR_CA_BUNDLE'>;

/** Pythons of this host's engine, made from a registry or from Debian. */
export class HostPythons extends PythonSource {
  readonly #docker = new Docker(); // it reads DOCKER_HOST itself

  constructor(private readonly settings: Settings) {
    super();
  }

  override find(python: string): Promise<PythonImages | undefined> {
    return findPythonImages(this.#docker, python);
  }

  override hold(python: string, images: PythonImages): Promise<void> {
    return holdPythonImages(this.#docker, this.settings.WEIR_INSTALLATION, python, images);
  }

  override origin(python: string): Promise<PythonOrigin> {
    return pythonOrigin({ docker: this.#docker, python });
  }

  override async make(python: string, say: (step: string) => void): Promise<PythonImages> {
    const { WEIR_INSTALLATION: installation, WEIR_INDEX_URL: indexUrl, WEIR_CA_BUNDLE: caBundle } = this.settings;
    const request = { docker: this.#docker, installation, python, say };
    const base = await ensureBaseImage(request);
    await ensureBuilderImage({ ...request, base, indexUrl, ...(caBundle && { caBundle }) });
    const images = await this.find(python);
    if (!images) throw new Error(`The images of Python ${python} were made but cannot be found.`);
    return images;
  }

  override tidy(): Promise<void> {
    return removeLeftovers(this.#docker, this.settings.WEIR_INSTALLATION);
  }
}
