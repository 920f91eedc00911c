import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from '../peer.ts';

/** One worker, stock buffers, kept upstream connections, no access log: what its manual says for WebSocket proxying. */
export const nginx: Peer = {
  name: 'nginx',
  open({ apps, port, folder, start }) {
    mkdirSync(join(folder, 'temp'));
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/temp/${kind};`);
    const upstreams = apps.map(({ port: to }, i) => `upstream app${i} { server 127.0.0.1:${to}; keepalive 64; }`);
    const servers = apps.map(({ host }, i) => `server { listen 127.0.0.1:${port}; server_name ${host}; location / { proxy_pass http://app${i}; } }`);
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, `
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 15000; }
http {
  access_log off;
  keepalive_timeout 3600s;
  keepalive_requests 100000000;
  ${temp.join('\n  ')}
  map $http_upgrade $connection_of_upgrade { default upgrade; '' ''; }
  proxy_http_version 1.1;
  proxy_read_timeout 1h;
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_of_upgrade;
  ${upstreams.join('\n  ')}
  ${servers.join('\n  ')}
}
`);
    return start('/usr/sbin/nginx', ['-c', file, '-e', `${folder}/error.log`]);
  },
};
