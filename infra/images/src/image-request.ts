import type Docker from 'dockerode';

/** What making any of the platform's own images needs. */
export interface ImageRequest {
  readonly docker: Docker;
  /** Eight base-32 characters; this installation's own tag carries them. */
  readonly installation: string;
  /** Such as `3.11`. */
  readonly python: string;
  /** Told each step that takes long enough to wonder about. */
  readonly say: (step: string) => void;
}

/** An image of the platform could not be made; the message is a sentence for the operator. */
export class ImageNotMade extends Error {}
