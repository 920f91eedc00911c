import { Injectable } from '@nestjs/common';
import { PythonList, PythonView } from '@weir/contracts';
import { Invalid, Unavailable } from '@weir/domain';
import { Config } from '../config.ts';
import { askWorker } from '../http/ask-worker.ts';

/** A worker that has just started still asks mirrors. */
const LIMIT_MS = 45_000;

/** The Pythons of this installation. The worker knows them; what it said last holds while it does not answer. */
@Injectable()
export class Pythons {
  #last: readonly PythonView[] | undefined;

  constructor(private readonly config: Config) {}

  /** @throws Unavailable */
  async list(): Promise<PythonView[]> {
    const { items } = await this.#ask('GET', '/internal/pythons', PythonList);
    this.#last = items;
    return items;
  }

  /** Has the worker make one now. @throws Unavailable, or Invalid for one that cannot be had */
  async prepare(version: string): Promise<PythonView> {
    await this.requireOffered(version, 'version');
    return this.#ask('POST', `/internal/pythons/${version}`, PythonView);
  }

  /** @throws Invalid for a Python that cannot be had here */
  async requireOffered(version: string, field: string): Promise<void> {
    const list = await this.list().catch((error: unknown) => {
      if (this.#last) return this.#last;
      throw error;
    });
    const offered = list.filter(({ state }) => state !== 'unavailable').map((python) => python.version);
    if (!offered.includes(version)) throw new Invalid('app.python_unavailable', `Python ${version} is not available here. There is ${offered.join(', ')}.`, field);
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, answer: { parse: (value: unknown) => T }): Promise<T> {
    const response = await askWorker(this.config, { method, path, limitMs: LIMIT_MS });
    if (!response.ok) throw new Unavailable('worker.unavailable', 'The worker could not say which Pythons there are.');
    return answer.parse(await response.json());
  }
}
