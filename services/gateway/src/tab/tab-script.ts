import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** `tab.js` as it is: it lies beside this module, in the sources and beside the bundle. */
export const TAB_SCRIPT = readFileSync(new URL('./tab.js', import.meta.url));

export const TAB_SCRIPT_PATH = '/_weir/tab.js';

const hash = createHash('sha256').update(TAB_SCRIPT).digest('base64url').slice(0, 16);

/** The address that names the script's content, so that it may be kept for ever. */
export const TAB_SCRIPT_URL = `${TAB_SCRIPT_PATH}?v=${hash}`;
