import { DomainError } from '@weir/domain';

/** The machine, or what was asked, does not allow this: exit code 2, and a sentence that says what would. */
export class Refusal extends DomainError {
  readonly kind = 'invalid';
  constructor(readonly code: string, readonly publicMessage: string, options?: ErrorOptions) {
    super(publicMessage, options);
  }
}
