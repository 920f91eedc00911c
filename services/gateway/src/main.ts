import { InternalClient } from '@weir/api-client';
import { loadConfig } from '@weir/config';
import { runProcess } from '@weir/process';
import { createLineLogger, createLogger } from '@weir/telemetry';
import { GatewayConfig } from './config.ts';
import { Certificates } from './door/certificates.ts';
import { startGateway } from './start-gateway.ts';

/** Whoever stops us waits twenty seconds: what is left of them ends everything else. */
const DRAIN_MS = 18_000;

const config = loadConfig(GatewayConfig);
const logged = { process: 'gateway', level: config.WEIR_LOG_LEVEL };
const [log, lines] = [createLogger(logged), createLineLogger(logged)];
// Whoever starts us can ask first whether we would.
if (process.argv.includes('--check')) process.exit(canUseCertificates() ? 0 : 1);

const client = new InternalClient({ baseUrl: config.WEIR_CONTROL_PLANE_URL, token: config.WEIR_INTERNAL_TOKEN });

// A connection's fault is handled where the connection is. What arrives here was forgotten there: it is
// logged as the defect it is, and all other viewers' sockets live on.
process.on('uncaughtException', (error) => log.error({ err: error }, 'process.uncaught'));

await runProcess({ log, stopLimitMs: DRAIN_MS + 1_500 }, async () => {
  const running = await startGateway(config, client, log, lines);
  log.info({ listen: config.WEIR_LISTEN, cursor: running.table.cursor, routes: running.table.size }, 'gateway.started');
  return async () => {
    log.info({ sockets: running.pool.sockets }, 'gateway.draining');
    await running.stop(DRAIN_MS);
  };
});

function canUseCertificates(): boolean {
  try {
    new Certificates(config.WEIR_TLS_CERTIFICATES, log).close();
    return true;
  } catch (error) {
    process.stderr.write(`WEIR_TLS_CERTIFICATES: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}
