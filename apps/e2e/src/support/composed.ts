import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, execute, freePort } from './weir.ts';

/** Not the project, the network or the data folder that an operator's own Compose has on this machine. */
const PROJECT = 'weirlong';
const NETWORK = '10.198.17';
/** What `compose-bases` makes. */
const BASES = ['weir-compose-node', 'weir-composed-stores', 'weir-composed-base:3.11'];
const VARIABLE = /^(\w+)=(.*)$/gm;

const succeeded = (program: string, { code, stdout, stderr }: CommandResult): string => {
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  return stdout;
};

export const docker = async (...args: string[]): Promise<string> => succeeded(`docker ${args[0]}`, await execute('docker', args)).trim();

/** The platform as docker-compose.yml runs it, on base images made on this machine. */
export class Composed {
  private constructor(readonly gatewayUrl: string, private readonly home: string, private readonly env: NodeJS.ProcessEnv, private readonly ownBases: readonly string[]) {}

  static async start(): Promise<Composed> {
    const ownBases = (await docker('images', '--quiet', BASES[0] ?? '')) === '' ? BASES : []; // an operator keeps theirs
    const bases = succeeded('compose-bases', await execute('./weir', ['compose-bases']));
    const [port, admin] = [await freePort(), await freePort()];
    const home = mkdtempSync(join(tmpdir(), 'weir-compose-'));
    const gatewayUrl = `http://127.0.0.1:${port}`;
    const composed = new Composed(gatewayUrl, home, {
      ...Object.fromEntries([...bases.matchAll(VARIABLE)].map(([, name, value]) => [name, value])),
      COMPOSE_PROJECT_NAME: PROJECT, WEIR_HOME: home, WEIR_NETWORK: NETWORK, WEIR_LISTEN: `127.0.0.1:${port}`, WEIR_ADMIN_PORT: String(admin),
      WEIR_GATEWAY_URL: gatewayUrl, WEIR_CONSOLE_URL: `http://console.localhost:${port}`, WEIR_APPS_DOMAIN: `localhost:${port}`,
    }, ownBases);
    await composed.compose('down', '--volumes'); // a run that was killed left its database, whose password nobody knows any more
    await composed.compose('--profile', 'cli', 'build');
    await composed.compose('up', '-d');
    return composed;
  }

  async compose(...args: string[]): Promise<string> {
    return succeeded(`docker-compose ${args[0]}`, await execute('docker-compose', args, { env: this.env }));
  }

  /** The command line of this checkout, as a person elsewhere uses it. */
  weir(...args: string[]): Promise<CommandResult> {
    return execute('./weir', [...args, '--url', this.gatewayUrl, '--json'], { env: { WEIR_TOKEN: this.#read('cli-token') } });
  }

  get installation(): string {
    return (JSON.parse(this.#read('installation.json')) as { id: string }).id;
  }

  async container(service: string): Promise<string> {
    return (await this.compose('ps', '-q', service)).trim();
  }

  /** How a container is: its status, its health, how often it was started again. */
  async condition(service: string): Promise<string> {
    return docker('inspect', '--format', '{{.State.Status}} {{.State.Health.Status}} {{.RestartCount}}', await this.container(service));
  }

  async crash(service: string): Promise<void> {
    process.kill(Number(await docker('inspect', '--format', '{{.State.Pid}}', await this.container(service))), 'SIGKILL');
  }

  /** As docs/deploy-with-compose.md says it. */
  async remove(): Promise<void> {
    await this.compose('stop', 'worker');
    await this.compose('run', '--rm', '--no-deps', 'worker', 'services/worker/dist/remove-everything.js');
    await this.compose('down', '--volumes', '--rmi', 'local');
    await docker('image', 'prune', '--force', '--filter', 'label=weir.kind=compose');
    if (this.ownBases.length > 0) await docker('image', 'rm', ...this.ownBases);
    rmSync(this.home, { recursive: true, force: true });
  }

  readonly #read = (name: string): string => readFileSync(join(this.home, name), 'utf8').trim();
}

