import { Invalid } from '@weir/domain';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What was sent does not have the shape the contract asks for. */
export class InvalidRequest extends Invalid {
  constructor(readonly errors: readonly FieldError[]) {
    super('request.invalid', errors.map(({ field, message }) => `${field}: ${message}`).join(' ').slice(0, 2000));
  }
}
