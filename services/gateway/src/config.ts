import { commaList, port, secret } from '@weir/config';
import { LOG_LEVELS } from '@weir/telemetry';
import { z } from 'zod';

/** Everything the gateway is told. */
export const GatewayConfig = z.object({
  WEIR_LISTEN: commaList().pipe(z.array(z.string().regex(/^(\[[0-9a-f:]+\]|[^:]+):\d+$/i, 'This is not HOST:PORT.')).min(1)).describe('Public addresses, HOST:PORT, separated by commas'),
  WEIR_ADMIN_PORT: port().describe('Port on 127.0.0.1 for /healthz and /metrics'),
  WEIR_CONTROL_PLANE_URL: z.url().describe('Where the control plane listens'),
  WEIR_WORKER_URL: z.url().describe('Where the worker listens; /git is carried there'),
  WEIR_CONSOLE_INTERNAL_URL: z.url().describe('Where the console listens'),
  WEIR_INTERNAL_TOKEN: secret().describe('Token of the internal API'),
  WEIR_SNAPSHOT_FILE: z.string().min(1).describe('File that keeps the last routes, so that the gateway serves without the control plane'),
  WEIR_HTTP_READER: z.enum(['strict', 'node']).default('strict').describe('Who reads requests: `strict`, our own reader, which is faster and leaves all but the plainest to Node, or `node` alone'),
  WEIR_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('Least level that is logged'),
});

export type GatewayConfig = z.infer<typeof GatewayConfig>;
