import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { baseName, ensureBaseImage } from '@weir/images';
import Docker from 'dockerode';
import type { DockerConnection } from '../client/connect-docker.ts';

const PYTHON = '3.11';

/**
 * An app that uses nothing but Python's standard library: it answers health checks as
 * Streamlit does, and does to its surroundings what a request tells it to.
 */
const PROBE = `
import ctypes, json, os, socket, sys, threading, traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Probe(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.0'
    def log_message(self, *args): pass
    def answer(self, body, status=200):
        data = body.encode()
        self.send_response(status); self.send_header('content-type', 'text/plain'); self.send_header('content-length', str(len(data))); self.end_headers(); self.wfile.write(data)
    def do_GET(self):
        self.answer('ok' if self.path == '/_stcore/health' else 'probe')
    def do_POST(self):
        code = self.rfile.read(int(self.headers.get('content-length', 0))).decode()
        out = {}
        try:
            exec(code, {'out': out, 'os': os, 'socket': socket, 'ctypes': ctypes, 'sys': sys, 'threading': threading})
            self.answer(json.dumps(out))
        except BaseException:
            self.answer(json.dumps({'error': traceback.format_exc()}), 500)

print('probe listens', flush=True)
ThreadingHTTPServer(('0.0.0.0', 8501), Probe).serve_forever()
`;

/** Trusted, so it may run commands: a setuid-root program for the app to try, and places to mount upon. */
const dockerfile = (installation: string): string => `FROM ${baseName(installation, PYTHON)}
ADD entry.py /opt/weir/entry.py
RUN install -m 4755 /usr/bin/id /usr/bin/setuid-id
CMD ["python3", "/opt/weir/entry.py"]
`;

/** Makes the probe's image, on the base image that apps run on, and gives its id. */
export async function makeProbeImage({ calls }: DockerConnection, installation: string, labels: Record<string, string>, tag: string): Promise<string> {
  await ensureBaseImage({ docker: new Docker(), installation, python: PYTHON, say: () => undefined });
  const context = pack();
  context.entry({ name: 'Dockerfile' }, dockerfile(installation));
  context.entry({ name: 'entry.py', mode: 0o644 }, PROBE);
  context.finalize();
  const output: unknown = await calls.buildImage(Readable.from(context), { t: tag, labels, networkmode: 'none', forcerm: true });
  if (!(output instanceof Readable)) throw new TypeError('the engine gave no progress');
  await new Promise<void>((resolve, reject) => {
    calls.modem.followProgress(output, (error) => (error ? reject(error) : resolve()));
  });
  return (await calls.getImage(tag).inspect()).Id;
}
