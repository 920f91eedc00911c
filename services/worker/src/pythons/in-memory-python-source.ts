import type { PythonImages, PythonOrigin } from '@weir/images';
import { PythonSource } from './python-source.ts';

/** Makes what it is told to when it is told to. */
export class InMemoryPythonSource extends PythonSource {
  readonly made = new Map<string, PythonImages>();
  readonly origins = new Map<string, PythonOrigin>();
  /** Makings that have begun, by Python. */
  readonly begun: string[] = [];
  readonly #under = new Map<string, { say: (step: string) => void; done: PromiseWithResolvers<PythonImages> }>();

  override find(python: string): Promise<PythonImages | undefined> {
    return Promise.resolve(this.made.get(python));
  }

  override hold(): Promise<void> {
    return Promise.resolve();
  }

  override origin(python: string): Promise<PythonOrigin> {
    return Promise.resolve(this.origins.get(python) ?? { from: null, reason: 'nobody has it', lasting: true });
  }

  override make(python: string, say: (step: string) => void): Promise<PythonImages> {
    const done = Promise.withResolvers<PythonImages>();
    this.begun.push(python);
    this.#under.set(python, { say, done });
    return done.promise;
  }

  override tidy(): Promise<void> {
    return Promise.resolve();
  }

  say(python: string, step: string): void {
    this.#under.get(python)?.say(step);
  }

  finish(python: string): void {
    const images = imagesOf(python);
    this.made.set(python, images);
    this.#under.get(python)?.done.resolve(images);
  }

  fail(python: string, message: string): void {
    this.#under.get(python)?.done.reject(new Error(message));
  }
}

export const imagesOf = (python: string): PythonImages => ({ base: `base-${python}`, builder: `builder-${python}`, from: 'memory', sizeBytes: 1 });
