import { installationId } from '@weir/domain';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Settings } from './settings.ts';

const Identity = z.object({ id: z.string().regex(/^[a-z2-7]{8}$/), createdAt: z.string() });

/** Where this installation can be reached; the CLI reads it. */
const Endpoint = z.object({
  consoleUrl: z.string(),
  apiUrl: z.string(),
  gatewayUrl: z.string(),
  appsDomain: z.string(),
  /** The control plane itself, as only this machine reaches it. */
  controlPlaneUrl: z.string(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** What an installation keeps: its identity, keys and state. Files are 0600, written whole or not at all. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  static exists(path: string): boolean {
    return existsSync(join(resolve(path), 'installation.json'));
  }

  file(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** Makes the folder and its identity the first time. */
  open(): string {
    mkdirSync(this.path, { recursive: true });
    for (const folder of ['log', 'gateway']) mkdirSync(this.file(folder), { recursive: true });
    if (!existsSync(this.file('installation.json'))) {
      const id = installationId(randomBytes(8));
      this.write('installation.json', JSON.stringify({ id, createdAt: new Date().toISOString() }));
    }
    return this.installation;
  }

  /** The installation's id: part of every name and label it gives in Docker. */
  get installation(): string {
    return Identity.parse(JSON.parse(this.read('installation.json'))).id;
  }

  /** A secret file, filled the first time by `make`. */
  secret(name: string, make: () => string = () => randomBytes(32).toString('base64url')): string {
    if (!existsSync(this.file(name))) this.write(name, make());
    return this.file(name);
  }

  get endpoint(): Endpoint | undefined {
    return existsSync(this.file('endpoint.json')) ? Endpoint.parse(JSON.parse(this.read('endpoint.json'))) : undefined;
  }

  set endpoint(endpoint: Endpoint) {
    this.write('endpoint.json', JSON.stringify(endpoint, undefined, 2));
  }

  get settings(): Settings {
    return Settings.parse(existsSync(this.file('settings.json')) ? JSON.parse(this.read('settings.json')) : {});
  }

  set settings(settings: Settings) {
    this.write('settings.json', JSON.stringify(settings, undefined, 2));
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  write(name: string, text: string): void {
    const whole = this.file(`.${name}.new`);
    writeFileSync(whole, text, { mode: 0o600 });
    chmodSync(whole, 0o600);
    renameSync(whole, this.file(name));
  }
}
