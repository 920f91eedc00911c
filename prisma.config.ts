import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The schema engine from npm instead of the one that Prisma downloads (see tools/prisma).
// PRISMA_SCHEMA_ENGINE_BINARY= (set, but empty) brings the native one back.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('tools/prisma/schema-engine.mjs', import.meta.url));
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: {
    url: process.env.DATABASE_URL ?? 'postgresql://postgres:postgres@127.0.0.1:5432/weir',
    ...(process.env.SHADOW_DATABASE_URL && { shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL }),
  },
});
