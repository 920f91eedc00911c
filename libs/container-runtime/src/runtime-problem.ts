/**
 * Why a runtime could not do what it was asked.
 *
 * - `unavailable`: the engine does not answer; asking again later may help
 * - `image-missing`: the release's image is not there
 * - `refused`: the engine answered and will not; `message` has its words
 */
export type RuntimeProblemKind = 'unavailable' | 'image-missing' | 'refused';

export class RuntimeProblem extends Error {
  override readonly name = 'RuntimeProblem';

  constructor(readonly kind: RuntimeProblemKind, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
