import { Unmapped } from './unmapped.ts';

/** Images that are a Python upon Debian or Alpine, by all the names they are pulled by. */
const PYTHON = /^(?:docker\.io\/|public\.ecr\.aws\/docker\/)?(?:library\/)?python(?::([\w.-]+))?(?:@sha256:[0-9a-f]+)?$/;
/** Those of uv's and of the dev containers' authors. */
const LIKE_IT = /^(?:ghcr\.io\/astral-sh\/uv:python|mcr\.microsoft\.com\/(?:vscode\/)?devcontainers\/python:(?:\d+-)?)(\d[\w.-]*)(?:@sha256:[0-9a-f]+)?$/;

/** The Python that an image is of, such as `3.11`; `null`: any. @throws Unmapped where it is of something else */
export function pythonOfImage(name: string): string | null {
  const found = PYTHON.exec(name) ?? LIKE_IT.exec(name);
  const tag = found?.[1] ?? '';
  if (!found || /windows|nanoserver/.test(tag)) throw new Unmapped(`apps run on Pythons of this installation, and ${name.slice(0, 100)} is not an image like “python:3.11-slim”`);
  return /^\d+\.\d+/.exec(tag)?.[0] ?? null;
}

/** Whether files copied out of it are uv itself, which builds have. */
export const isUvImage = (name: string): boolean => /^(?:ghcr\.io\/)?astral(?:-sh)?\/uv(?:[:@].*)?$/.test(name);
