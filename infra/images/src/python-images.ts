import type Docker from 'dockerode';
import { baseName, FROM_LABEL, sharedBaseName } from './base-image.ts';
import { builderName, sharedBuilderName } from './builder-image.ts';
import { inspectImage, tagImage } from './recipe.ts';

/** What apps of one Python run on, and what their builds run in. */
export interface PythonImages {
  readonly base: string;
  readonly builder: string;
  /** Where the Python is from. */
  readonly from: string;
  /** Of both on disk: the builder is made from the base. */
  readonly sizeBytes: number;
}

/** The images of a Python if this machine has both, whoever made them. */
export async function findPythonImages(docker: Docker, python: string): Promise<PythonImages | undefined> {
  const base = await inspectImage(docker, sharedBaseName(python));
  const builder = base && (await inspectImage(docker, sharedBuilderName(base.Id, python)));
  if (!base || !builder) return undefined;
  return { base: base.Id, builder: builder.Id, from: base.Config?.Labels?.[FROM_LABEL] ?? '', sizeBytes: builder.Size };
}

/** Has an installation hold on to them: they stay as long as it does. */
export async function holdPythonImages(docker: Docker, installation: string, python: string, { base, builder }: Pick<PythonImages, 'base' | 'builder'>): Promise<void> {
  await tagImage(docker, base, baseName(installation, python));
  await tagImage(docker, builder, builderName(installation, python));
}
