/** Closed, because each kind has one HTTP status. */
export type ErrorKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'limit' | 'unavailable' | 'internal';

/**
 * An error told three ways: `code` for machines, `publicMessage` for people,
 * `message` and `cause` for the log.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  abstract readonly publicMessage: string;

  override get name(): string {
    return this.constructor.name;
  }
}

export class IllegalTransition extends DomainError {
  readonly code = 'deployment.illegal_transition';
  readonly kind = 'conflict';
  readonly publicMessage: string;

  constructor(readonly from: string, readonly to: string) {
    super(`no transition from ${from} to ${to}`);
    this.publicMessage = `A deployment that is ${from} cannot become ${to}.`;
  }
}

/** Something a person sent cannot be accepted. `field` names what to mend. */
export class Invalid extends DomainError {
  readonly kind = 'invalid';
  constructor(readonly code: string, readonly publicMessage: string, readonly field?: string, options?: ErrorOptions) {
    super(publicMessage, options);
  }
}

/** There is no such thing, or it is another workspace's: the two are never told apart. */
export class NotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code: string;
  readonly publicMessage: string;
  constructor(readonly noun: string, readonly reference: string) {
    super(`${noun} ${reference} not found in this workspace`);
    this.code = `${noun}.not_found`;
    this.publicMessage = `There is no such ${noun}.`;
  }
}

export class Conflict extends DomainError {
  readonly kind = 'conflict';
  constructor(readonly code: string, readonly publicMessage: string, options?: ErrorOptions) {
    super(publicMessage, options);
  }
}

export class Unauthenticated extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.required';
  readonly publicMessage = 'Sign in, or send an API token.';
}

export class Forbidden extends DomainError {
  readonly kind = 'forbidden';
  readonly code: string = 'auth.forbidden';
  readonly publicMessage: string = 'Your role does not allow this.';
}

export class Unavailable extends DomainError {
  readonly kind = 'unavailable';
  constructor(readonly code: string, readonly publicMessage: string, options?: ErrorOptions) {
    super(publicMessage, options);
  }
}

export class LimitReached extends DomainError {
  readonly kind = 'limit';
  constructor(readonly code: string, readonly publicMessage: string) {
    super(publicMessage);
  }
}
