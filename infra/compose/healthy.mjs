// `healthy.mjs URL [TOKEN_FILE]`: whether a process answers with 200 where it says that it is ready. A health check.
import { readFileSync } from 'node:fs';

const [url, tokenFile] = process.argv.slice(2);
const headers = tokenFile ? { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` } : {};
const { status } = await fetch(url, { headers, signal: AbortSignal.timeout(4000) });
process.exit(status === 200 ? 0 : 1);
