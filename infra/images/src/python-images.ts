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

interface Sought {
  readonly docker: Docker;
  readonly installation: string;
  readonly python: string;
}

/** The images of a Python if this machine has both, whoever made them; the installation holds on to them from then on. */
export async function findPythonImages({ docker, installation, python }: Sought): Promise<PythonImages | undefined> {
  const base = await inspectImage(docker, sharedBaseName(python));
  const builder = base && (await inspectImage(docker, sharedBuilderName(base.Id, python)));
  if (!base || !builder) return undefined;
  for (const [image, name] of [[base, baseName(installation, python)], [builder, builderName(installation, python)]] as const) {
    if (!image.RepoTags?.includes(name)) await tagImage(docker, image.Id, name);
  }
  return { base: base.Id, builder: builder.Id, from: base.Config?.Labels?.[FROM_LABEL] ?? '', sizeBytes: builder.Size };
}
