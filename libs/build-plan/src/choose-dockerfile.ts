import { DOCKERFILE, readDockerfile, type ReadDockerfile } from './dockerfile/read-dockerfile.ts';
import { PlanFailure } from './plan-failure.ts';
import type { RepositoryTree } from './repository-tree.ts';

interface DockerfileChoice {
  readonly dockerfile: ReadDockerfile | null;
  readonly notes: readonly string[];
}

/**
 * The Dockerfile that an app is built from: where the operator allows it, and the app's settings name it or no entry file at all.
 *
 * @throws PlanFailure where it is asked for and cannot be, or a line of it cannot be done
 */
export function chooseDockerfile(tree: RepositoryTree, asked: string | null, isAllowed: boolean): DockerfileChoice {
  const isAsked = asked === DOCKERFILE;
  if (!tree.files.has(DOCKERFILE)) {
    if (isAsked) throw new PlanFailure('entry.not_found', 'The repository has no Dockerfile in its root.', 'Commit it there, or choose the app’s script as the entry file.');
    return { dockerfile: null, notes: [] };
  }
  if (!isAllowed) {
    if (isAsked) throw new PlanFailure('plan.dockerfile_off', 'This installation does not build from Dockerfiles.', 'Choose the app’s script as the entry file, or ask the operator to allow Dockerfiles (WEIR_DOCKERFILES).');
    return { dockerfile: null, notes: [`${DOCKERFILE} is ignored: this installation does not build from Dockerfiles.`] };
  }
  if (asked !== null && !isAsked) return { dockerfile: null, notes: [`${DOCKERFILE} is ignored, because the app’s settings name a script as its entry file.`] };
  const dockerfile = readDockerfile(tree);
  return { dockerfile, notes: [`Built as ${DOCKERFILE} says, which is read, not run.`, ...dockerfile.notes] };
}
