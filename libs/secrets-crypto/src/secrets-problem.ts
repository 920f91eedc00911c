import { DomainError } from '@weir/domain';

/** The secrets a person gave are no TOML. Says where, and never repeats what was there. */
export class SecretsProblem extends DomainError {
  readonly code = 'secrets.malformed';
  readonly kind = 'invalid';
  readonly field = 'secrets';
  readonly publicMessage: string;

  /** @param line counted from 1, as is `column` */
  constructor(readonly line: number, readonly column: number) {
    super(`secrets are not TOML at line ${line}, column ${column}`);
    this.publicMessage = `The secrets are not valid TOML: look at line ${line}, column ${column}.`;
  }
}
