import { type Stats, statSync } from 'node:fs';
import { AppRef } from '@weir/contracts';
import { Refusal } from '@weir/installation/refusal';

/** What a person meant by SOURCE. */
export type DeploySource =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'git'; readonly url: string }
  | { readonly kind: 'app'; readonly app: string };

/** A folder that exists wins over an app of the same name. Whether a URL is allowed is the platform's to judge. */
export function classifySource(text: string): DeploySource {
  const found = statOf(text);
  if (found?.isDirectory()) return { kind: 'folder', path: text };
  // `git@host:path` is how Git itself writes SSH: the platform says why it takes no such URL.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text)) return { kind: 'git', url: text };
  if (!found && AppRef.safeParse(text).success) return { kind: 'app', app: text };
  throw new Refusal('deploy.no_source', `${JSON.stringify(text.slice(0, 100))} is no Git URL, no folder here and no app of yours.`);
}

/** What lies at a path, if it can be one at all. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // too long, a NUL, or below what is no folder: nothing lies there
  }
}
