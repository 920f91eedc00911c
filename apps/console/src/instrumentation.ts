/** Runs once when the server starts: a bad configuration ends it here, with all problems said. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { consoleConfig } = await import('#config.ts');
  consoleConfig();
}
