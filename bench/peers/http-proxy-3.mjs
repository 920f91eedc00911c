// A gateway as one writes it with http-proxy-3: by host, with upstream connections that are kept.
// Arguments: the port to listen on, then HOST=URL pairs.
import { Agent, createServer } from 'node:http';
import { createProxyServer } from 'http-proxy-3';

const [port, ...pairs] = process.argv.slice(2);
const targets = new Map(pairs.map((pair) => pair.split('=')));
const proxy = createProxyServer({ agent: new Agent({ keepAlive: true }) });
proxy.on('error', (error, request, answer) => ('writeHead' in answer ? answer.writeHead(502).end() : answer.destroy()));

const server = createServer((request, answer) => {
  const target = targets.get(request.headers.host);
  if (target === undefined) return void answer.writeHead(404).end();
  proxy.web(request, answer, { target });
});
server.on('upgrade', (request, socket, head) => {
  const target = targets.get(request.headers.host);
  if (target === undefined) return void socket.destroy();
  proxy.ws(request, socket, head, { target });
});
server.listen(Number(port), '127.0.0.1');
