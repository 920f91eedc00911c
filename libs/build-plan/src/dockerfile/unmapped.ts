/** A line of a Dockerfile that cannot be done here. Caught where the lines are read, so that all of them are told at once. */
export class Unmapped extends Error {
  override readonly name = 'Unmapped';

  /** @param why continues “Line 3 of Dockerfile cannot be done here: …” */
  constructor(readonly why: string) {
    super(why);
  }
}
