import { listOf, portOfAddress } from './gateway-settings.ts';
import { ownAddresses } from './public-ports.ts';
import { Refusal } from './refusal.ts';
import { ProgramFailed, run } from './run.ts';
import type { Settings } from './settings.ts';

/**
 * Whether the gateway would start with these settings, by its own program: only it knows its keys and certificates.
 *
 * @throws Refusal with every problem there is
 */
export async function checkGateway(root: string, { port, gateway }: Settings): Promise<void> {
  const own = ownAddresses(port);
  // The command line comes this way, and begins with no PROXY header.
  const ours = listOf(gateway.WEIR_PROXY_PROTOCOL_LISTEN).find((address) => own.includes(address));
  if (ours) throw new Refusal('gateway.settings_invalid', `WEIR_PROXY_PROTOCOL_LISTEN: ${ours} is the command line's; name addresses of WEIR_TLS_LISTEN.`);
  const twice = listOf(gateway.WEIR_TLS_LISTEN).find((address) => portOfAddress(address) === port);
  if (twice) throw new Refusal('gateway.settings_invalid', `WEIR_TLS_LISTEN: ${twice} has the port of plain http. Choose another here, or with --port.`);
  const unasked = 'http://127.0.0.1';
  const env = {
    ...gateway,
    WEIR_LISTEN: own.join(','), WEIR_ADMIN_PORT: '0', WEIR_SNAPSHOT_FILE: 'none', WEIR_INTERNAL_TOKEN: 'none',
    WEIR_CONTROL_PLANE_URL: unasked, WEIR_WORKER_URL: unasked, WEIR_CONSOLE_INTERNAL_URL: unasked,
  };
  try {
    await run(process.execPath, [`${root}/services/gateway/dist/main.js`, '--check'], { cwd: root, env });
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    throw new Refusal('gateway.settings_invalid', error.output.trim(), { cause: error });
  }
}
