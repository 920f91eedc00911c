import { isPythonVersion } from '@weir/domain';
import { composeBases, composeFolder, ensureDocker, Refusal } from '@weir/installation';
import { rootFolder } from '../where.ts';

export interface PrepareOptions {
  readonly dataDir: string;
  readonly gatewayUrl: string;
  readonly consoleUrl: string;
  readonly appsDomain: string;
  readonly controlPlaneUrl: string;
  readonly postgres: string;
  readonly redis: string;
}

/** Makes base images where no registry answers, and prints the variables that tell Compose so. */
export async function makeBases(pythons: readonly string[]): Promise<void> {
  const unknown = pythons.find((version) => !isPythonVersion(version));
  if (unknown !== undefined) throw new Refusal('cli.usage', `${unknown.slice(0, 20)} is not a Python version: write one such as 3.13.`);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const docker = await ensureDocker({ consent: () => Promise.resolve(false), say });
  const variables = await composeBases(docker, { root: rootFolder(), pythons, say });
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}=${value}\n`);
}

export function prepareFolder({ dataDir, gatewayUrl, postgres, redis, ...urls }: PrepareOptions): void {
  composeFolder(dataDir, { endpoint: { ...urls, gatewayUrl, apiUrl: gatewayUrl }, postgres, redis, examples: `${rootFolder()}/examples` });
}
