import { baseOf, type RepositoryTree } from './repository-tree.ts';

const UV_TABLE = /^\s*\[+\s*tool\s*\.\s*uv\b/m;

/** Whether a repository has settings of uv. They win over those of a user (uv, "Configuration files"), though not over the environment's variables. */
export function configuresUv({ files }: RepositoryTree): boolean {
  return [...files].some(([path, { text }]) => baseOf(path) === 'uv.toml' || (baseOf(path) === 'pyproject.toml' && UV_TABLE.test(text ?? '')));
}
