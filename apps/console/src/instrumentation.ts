/**
 * Runs once when the server starts: a bad configuration ends it here, with all problems said.
 * The supervisor holds the other end of stdin; when it is gone, this ends as if asked to. Any other stdin,
 * such as a container's empty one, says nothing.
 */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { consoleConfig } = await import('#config.ts');
  consoleConfig();
  if (process.env.NODE_ENV !== 'production') return;
  const stop = (): void => void process.kill(process.pid, 'SIGTERM');
  const { fstatSync } = await import('node:fs');
  const stdin = fstatSync(0);
  if (stdin.isSocket() || stdin.isFIFO()) process.stdin.once('end', stop).once('error', stop).resume();
}
