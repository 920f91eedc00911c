// `healthy.mjs URL`: whether a process answers with 200 where it says that it is ready. A container's health check.
import { readFileSync } from 'node:fs';

const tokenFile = process.env.WEIR_INTERNAL_TOKEN_FILE;
const headers = tokenFile ? { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` } : {};
const { status } = await fetch(process.argv[2], { headers, signal: AbortSignal.timeout(4000) });
process.exit(status === 200 ? 0 : 1);
