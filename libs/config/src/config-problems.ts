/** What is wrong with one key of a configuration. Never carries the value. */
export interface ConfigProblem {
  readonly key: string;
  readonly message: string;
}

/** Everything wrong with a configuration at once, so that it is mended in one go. */
export class ConfigProblems extends Error {
  override readonly name = 'ConfigProblems';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(`The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map(({ key, message }) => `  ${key}: ${message}`).join('\n')}`);
  }
}
