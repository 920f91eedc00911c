import { isForeign } from '@weir/build-plan';

const MAX_SCRIPT_BYTES = 1_048_576;
/** Notebooks hold what they show too. */
const MAX_NOTEBOOK_BYTES = MAX_SCRIPT_BYTES;
const MAX_TEXT_BYTES = 65_536;
const TEXT = /\.(toml|ya?ml|json|ini|cfg|conf|properties|env|sh|pem|key|txt|js|ts|html|sql|r)$|(^|\/)(\.env[^/]*|id_(rsa|dsa|ecdsa|ed25519)|Dockerfile|Procfile|Makefile|\.netrc|\.pgpass)$/i;

/** Whether the check wants to read a file of this path and size: scripts, and texts in which people leave secrets. */
export function isChecked(path: string, size: number): boolean {
  if (isForeign(path)) return false;
  if (path.endsWith('.ipynb')) return size <= MAX_NOTEBOOK_BYTES;
  return path.endsWith('.py') ? size <= MAX_SCRIPT_BYTES : size <= MAX_TEXT_BYTES && TEXT.test(path);
}

/** Streamlit reads its secrets from there; a repository must not have it. */
export const isSecretsFile = (path: string): boolean => /(^|\/)\.streamlit\/secrets\.toml$/.test(path);
