// The standalone server serves what lies beside it: it gets the browser's files too.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
cpSync(`${folder}/.next/static`, `${folder}/.next/standalone/apps/console/.next/static`, { recursive: true });
