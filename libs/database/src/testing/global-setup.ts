import type { TestProject } from 'vitest/node';
import { migrate } from '../migrate.ts';
import { startTestPostgres } from './embedded-postgres.ts';
import { TEMPLATE, withDatabase } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL whose database `weir_template` is migrated. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the run, migrated once. TEST_DATABASE_URL names an existing one instead. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const postgres = given ? undefined : await startTestPostgres();
  const url = given ?? postgres?.url ?? '';
  await migrate(withDatabase(url, TEMPLATE));
  project.provide('postgresUrl', url);
  return async () => postgres?.stop();
}
