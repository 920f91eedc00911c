import { commaList, port, secret } from '@weir/config';
import { LOG_LEVELS } from '@weir/telemetry';
import { z } from 'zod';
import type { CertificateFiles } from './door/certificates.ts';
import { isNetwork } from './door/trusted-proxies.ts';

const addresses = () => commaList().pipe(z.array(z.string().regex(/^(\[[0-9a-f:]+\]|[^:]+):\d+$/i, 'This is not HOST:PORT.')));
const limit = (least: number) => z.coerce.number().int().min(least);

function certificateFiles(text: string): CertificateFiles {
  const [certificate = '', key = ''] = text.split(':');
  return { certificate, key };
}

/** Everything the gateway is told. */
export const GatewayConfig = z.object({
  WEIR_LISTEN: addresses().refine((list) => list.length > 0, 'At least one address is needed.').describe('Public addresses, HOST:PORT, separated by commas'),
  WEIR_TLS_LISTEN: addresses().describe('Public addresses for https, HOST:PORT, separated by commas'),
  WEIR_TLS_CERTIFICATES: commaList().pipe(z.array(z.string().regex(/^[^:]+:[^:]+$/, 'This is not CERTIFICATE:KEY.').transform(certificateFiles))).describe('PEM files as CERTIFICATE:KEY, separated by commas; a browser gets the first that fits the name it asks for, else the first. They are read again when they change'),
  WEIR_HTTPS_PORT: port().optional().describe('Port that visitors who come by plain http are sent to; without it they are served'),
  WEIR_TRUSTED_PROXIES: commaList().pipe(z.array(z.string().refine(isNetwork, 'This is neither an address nor ADDRESS/BITS.'))).describe('Addresses or networks (ADDRESS/BITS) of proxies in front, comma separated: only their X-Forwarded-For, -Proto and -Host are believed'),
  WEIR_PROXY_PROTOCOL_LISTEN: addresses().describe('Those of the public addresses on which trusted proxies begin every connection with a PROXY header (version 1 or 2)'),
  WEIR_ADMIN_PORT: port().describe('Port on 127.0.0.1 for /healthz and /metrics'),
  WEIR_CONTROL_PLANE_URL: z.url().describe('Where the control plane listens'),
  WEIR_WORKER_URL: z.url().describe('Where the worker listens; /git is carried there'),
  WEIR_CONSOLE_INTERNAL_URL: z.url().describe('Where the console listens'),
  WEIR_INTERNAL_TOKEN: secret().describe('Token of the internal API'),
  WEIR_SNAPSHOT_FILE: z.string().min(1).describe('File that keeps the last routes, so that the gateway serves without the control plane'),
  WEIR_MAX_CONNECTIONS: limit(10).default(20_000).describe('Connections at once; nine tenths of it may be requests and sockets of apps'),
  WEIR_MAX_CONNECTIONS_PER_ADDRESS: limit(1).default(2_000).describe('Connections at once from one address (of IPv6: from one /64)'),
  WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: limit(1).default(500).describe('New connections a second from one address, beside as many at once as it may have open'),
  WEIR_MAX_CONNECTIONS_PER_APP: limit(1).default(5_000).describe('Requests and WebSockets of one app at once'),
  WEIR_MAX_BODY_MIB: limit(1).default(4_096).describe('MiB of one upload to an app; apps have limits of their own below it'),
  WEIR_METRICS_APPS: limit(0).default(100).describe('Apps that have series of their own in /metrics: the most used'),
  WEIR_HTTP_READER: z.enum(['strict', 'node']).default('strict').describe('Who reads requests: `strict`, our own reader, which is faster and leaves all but the plainest to Node, or `node` alone'),
  WEIR_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Least level that is logged'),
}).superRefine((config, ctx) => {
  const problem = (key: keyof typeof config, message: string): void => ctx.addIssue({ code: 'custom', path: [key], message });
  if (config.WEIR_TLS_LISTEN.length > 0 && config.WEIR_TLS_CERTIFICATES.length === 0) problem('WEIR_TLS_CERTIFICATES', 'WEIR_TLS_LISTEN needs at least one.');
  const listed = new Set([...config.WEIR_LISTEN, ...config.WEIR_TLS_LISTEN]);
  for (const address of config.WEIR_PROXY_PROTOCOL_LISTEN) if (!listed.has(address)) problem('WEIR_PROXY_PROTOCOL_LISTEN', `${address} is neither in WEIR_LISTEN nor in WEIR_TLS_LISTEN.`);
  if (config.WEIR_PROXY_PROTOCOL_LISTEN.length > 0 && config.WEIR_TRUSTED_PROXIES.length === 0) problem('WEIR_TRUSTED_PROXIES', 'WEIR_PROXY_PROTOCOL_LISTEN needs at least one.');
});

export type GatewayConfig = z.infer<typeof GatewayConfig>;
