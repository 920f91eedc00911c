import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from '../peer.ts';

export const haproxy: Peer = {
  name: 'HAProxy',
  open({ apps, port, folder, start }) {
    writeFileSync(join(folder, 'hosts.map'), apps.map(({ host }, i) => `${host} app${i}\n`).join(''));
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, `
global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  option forwardfor
frontend public
  bind 127.0.0.1:${port}
  use_backend %[req.hdr(host),field(1,:),lower,map(${folder}/hosts.map)]
${apps.map(({ port: to }, i) => `backend app${i}\n  server only 127.0.0.1:${to}\n`).join('')}`);
    return start('/usr/sbin/haproxy', ['-db', '-f', file]);
  },
};
