import { composeBases, composeFolder, ensureDocker } from '@weir/installation';
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
export async function makeBases(): Promise<void> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const docker = await ensureDocker({ consent: () => Promise.resolve(false), say });
  const variables = await composeBases(docker, rootFolder(), say);
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}=${value}\n`);
}

export function prepareFolder({ dataDir, gatewayUrl, postgres, redis, ...urls }: PrepareOptions): void {
  composeFolder(dataDir, { endpoint: { ...urls, gatewayUrl, apiUrl: gatewayUrl }, postgres, redis, examples: `${rootFolder()}/examples` });
}
