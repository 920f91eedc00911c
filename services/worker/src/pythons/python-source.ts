import type { PythonImages, PythonOrigin } from '@weir/images';

/** Where the images of a Python are found, or made. */
export abstract class PythonSource {
  /** The images, if this host has them. */
  abstract find(python: string): Promise<PythonImages | undefined>;

  /** Keeps found images as long as this installation is there. */
  abstract hold(python: string, images: PythonImages): Promise<void>;

  /** Where they would come from. Nothing is made. */
  abstract origin(python: string): Promise<PythonOrigin>;

  /**
   * Makes what is missing of them. May be called again after a failure, which leaves nothing half made.
   *
   * @throws Error with a sentence for the operator
   */
  abstract make(python: string, say: (step: string) => void): Promise<PythonImages>;

  /** Removes what an earlier life was making when it was killed. Not while anything is made. */
  abstract tidy(): Promise<void>;
}
