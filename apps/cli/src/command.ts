import { Command } from 'commander';
import { type Connection, connect } from './connection.ts';
import { Output } from './output.ts';
import { defaultDataDir } from './platform/where.ts';

export interface CommonOptions {
  readonly dataDir: string;
  readonly url?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Session extends Connection {
  readonly output: Output;
}

/** A command that talks to a platform, with the options all of these share. */
export const apiCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--data-dir <dir>', 'data folder of the installation', defaultDataDir())
    .option('--url <url>', 'a platform elsewhere; its token is in WEIR_TOKEN')
    .option('--json', 'print one JSON document as the last line');

/** The output of the command that runs, so that whoever reports its failure knows what it already found out. */
let current: Output | undefined;

export const currentOutput = (): Output | undefined => current;

export function openSession(options: CommonOptions): Session {
  current = new Output(options.json);
  return { ...connect(options), output: current };
}
