import type { Sandbox, SandboxCommand } from './sandbox.ts';

/** What a command printed, and its exit code. @throws as {@link Sandbox.run} */
export async function outputOf(sandbox: Sandbox, command: Omit<SandboxCommand, 'stdout'>): Promise<{ readonly code: number; readonly text: string }> {
  const decoder = new TextDecoder(); // a character may be cut in two
  let text = '';
  const code = await sandbox.run({ ...command, stdout: (chunk) => void (text += decoder.decode(chunk, { stream: true })) });
  return { code, text: text + decoder.decode() };
}
