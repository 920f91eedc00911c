import { listOf } from './kept-variables.ts';
import { covers, hostAndPort, ownAddresses, plainAddresses } from './listen-address.ts';
import { Refusal } from './refusal.ts';
import { ProgramFailed, run } from './run.ts';
import type { Settings } from './settings.ts';

/**
 * Whether the gateway would start with these settings, by its own program: only it knows its keys and certificates.
 *
 * @throws Refusal with every problem there is
 */
export async function checkGateway(root: string, settings: Settings): Promise<void> {
  const { gateway } = settings;
  const plain = plainAddresses(settings);
  // The command line comes this way, and begins with no PROXY header.
  const ours = listOf(gateway.WEIR_PROXY_PROTOCOL_LISTEN).find((address) => ownAddresses(settings.port).some((own) => covers(address, own)));
  if (ours) throw new Refusal('gateway.settings_invalid', `WEIR_PROXY_PROTOCOL_LISTEN: ${ours} is the command line's; name other addresses of --listen or WEIR_TLS_LISTEN.`);
  const plainPorts = new Set(plain.map((address) => hostAndPort(address).port));
  const twice = listOf(gateway.WEIR_TLS_LISTEN).find((address) => plainPorts.has(hostAndPort(address).port));
  if (twice) throw new Refusal('gateway.settings_invalid', `WEIR_TLS_LISTEN: ${twice} has a port of plain http. Choose another here, or with --port and --listen.`);
  const unasked = 'http://127.0.0.1';
  const env = {
    ...gateway,
    WEIR_LISTEN: plain.join(','), WEIR_ADMIN_PORT: '0', WEIR_SNAPSHOT_FILE: 'none', WEIR_INTERNAL_TOKEN: 'none',
    WEIR_CONTROL_PLANE_URL: unasked, WEIR_WORKER_URL: unasked, WEIR_CONSOLE_INTERNAL_URL: unasked,
  };
  try {
    await run(process.execPath, [`${root}/services/gateway/dist/main.js`, '--check'], { cwd: root, env });
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    throw new Refusal('gateway.settings_invalid', error.output.trim(), { cause: error });
  }
}
