import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program of this host to its end and gives what it printed; never through a shell. */
export const runTool = async (program: string, ...args: string[]): Promise<string> => (await promisify(execFile)(program, args)).stdout;
