import { resolve } from 'node:path';
import { z } from 'zod';
import { keptVariables, listOf } from './kept-variables.ts';

/** What an operator may tell the gateway at a start; the rest of its configuration is ours. */
export const GATEWAY_VARIABLES = [
  'WEIR_TLS_LISTEN', 'WEIR_TLS_CERTIFICATES', 'WEIR_HTTPS_PORT', 'WEIR_TRUSTED_PROXIES', 'WEIR_PROXY_PROTOCOL_LISTEN',
  'WEIR_MAX_CONNECTIONS', 'WEIR_MAX_CONNECTIONS_PER_ADDRESS', 'WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS', 'WEIR_MAX_CONNECTIONS_PER_APP', 'WEIR_MAX_BODY_MIB',
  'WEIR_METRICS_APPS', 'WEIR_HTTP_READER',
] as const;

/** Values as the gateway reads them from its environment. */
export const GatewaySettings = z.partialRecord(z.enum(GATEWAY_VARIABLES), z.string());
export type GatewaySettings = z.infer<typeof GatewaySettings>;

/** What was kept, with what this environment names instead. Naming nothing, `KEY=`, returns to the default. */
export function gatewaySettingsOf(env: NodeJS.ProcessEnv, kept: GatewaySettings): GatewaySettings {
  return keptVariables(GATEWAY_VARIABLES, env, kept, valueOf);
}

/** Files are named from where the operator stands, and later starts may stand elsewhere. */
const valueOf = (key: string, text: string): string =>
  key === 'WEIR_TLS_CERTIFICATES' ? listOf(text).map((pair) => pair.split(':').map((file) => (file === '' ? '' : resolve(file))).join(':')).join(',') : text;
