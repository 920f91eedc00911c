import { Inject, Injectable } from '@nestjs/common';
import { ExampleView } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Config } from '../config.ts';
import { LOGGER } from '../http/logger.ts';
import type { ActorContext } from '../identity/actor-context.ts';

const Description = ExampleView.omit({ name: true });

/** The examples that come with this installation: each folder with an `example.json`. */
@Injectable()
export class ListExamples {
  constructor(private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {}

  async execute(ctx: ActorContext): Promise<{ items: z.infer<typeof ExampleView>[] }> {
    ctx.require('app.read');
    const entries = await readdir(this.config.examplesDir, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted();
    const found = await Promise.all(names.map((name) => this.#read(name)));
    return { items: found.flatMap((example) => example ?? []) };
  }

  async #read(name: string): Promise<z.infer<typeof ExampleView> | undefined> {
    try {
      return { name, ...Description.parse(JSON.parse(await readFile(join(this.config.examplesDir, name, 'example.json'), 'utf8'))) };
    } catch (error) {
      this.log.warn({ err: error, example: name }, 'example.unreadable'); // one bad folder does not hide the others
      return undefined;
    }
  }
}
