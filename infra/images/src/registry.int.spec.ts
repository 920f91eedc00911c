import Docker from 'dockerode';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonOrigin } from './python-origin.ts';
import { pullPython } from './registry.ts';

const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const manifests = JSON.stringify({ schemaVersion: 2, mediaType: LIST, manifests: [] });

/** As much of a registry as is asked whether it has an image; it has one. The engine takes plain http from loopback. */
let server: Server;
let registry: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const asked = request.url ?? '';
    if (asked === '/v2/') return response.writeHead(200).end('{}');
    if (!asked.startsWith('/v2/library/python/manifests/') || !/3\.12-slim-bookworm$|sha256:/.test(asked)) return response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    const digest = `sha256:${createHash('sha256').update(manifests).digest('hex')}`;
    return response.writeHead(200, { 'content-type': LIST, 'content-length': manifests.length, 'docker-content-digest': digest }).end(request.method === 'HEAD' ? '' : manifests);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('a Python', () => {
  const docker = new Docker();

  it('comes from a registry that has it', async () => {
    expect(await pythonOrigin({ docker, python: '3.12', registry })).toEqual({ from: `${registry}/library/python:3.12-slim-bookworm` });
  });

  it('that neither the registry nor any Debian has cannot be had', async () => {
    expect(await pythonOrigin({ docker, python: '3.10', registry })).toMatchObject({ from: null, lasting: true });
    expect(await pythonOrigin({ docker, python: '3.12', registry: '127.0.0.1:9' })).toMatchObject({ from: null, reason: 'no Debian suite carries it, and no container registry gives it' });
  });

  it('that a registry names and does not give is not taken from it', async () => {
    expect(await pullPython(docker, '3.12', registry)).toBeUndefined();
  });
});
