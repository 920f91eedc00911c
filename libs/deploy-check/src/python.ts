/**
 * A Python interpreter somewhere: in a sandbox, or on this machine.
 *
 * It is given a program of the platform and data; it never gets a file of the repository to run.
 */
export abstract class Python {
  /** @returns what the program wrote. @throws if it did not end with 0, took too long or wrote too much */
  abstract run(argv: readonly string[], stdin: Buffer): Promise<string>;
}
