import { X509Certificate } from 'node:crypto';
import { statSync, readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Logger } from '@weir/telemetry';

/** Files of one certificate: its chain, leaf first, and its private key, both in PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

interface Loaded {
  readonly leaf: X509Certificate;
  readonly context: SecureContext;
}

const LOOK_MS = 2_000;

/** Forward secrecy and authenticated ciphers only, of Mozilla's intermediate profile (version 5.7). */
const CIPHERS = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'].join(':');

/**
 * The certificates in force. Files that change are read anew within seconds; open connections keep what they
 * began with, and files that cannot be used leave the former ones in force.
 */
export class Certificates {
  readonly #files: readonly CertificateFiles[];
  readonly #log: Logger;
  readonly #looking: NodeJS.Timeout;
  #loaded: readonly Loaded[];
  #marks: string;
  readonly #byName = new Map<string, SecureContext>();

  /** @throws when a file cannot be read, or a key is not its certificate's */
  constructor(files: readonly CertificateFiles[], log: Logger) {
    this.#files = files;
    this.#log = log;
    this.#marks = marksOf(files);
    this.#loaded = files.map(load);
    this.#looking = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  close(): void {
    clearInterval(this.#looking);
  }

  /** For the name that a browser asks for: the first certificate that is valid for it, else the first of all. */
  contextFor(name: string | undefined): SecureContext | undefined {
    const first = this.#loaded[0]?.context;
    if (name === undefined || name === '') return first;
    const known = this.#byName.get(name);
    if (known) return known;
    const found = this.#loaded.find(({ leaf }) => leaf.checkHost(name) !== undefined)?.context;
    if (!found) return first;
    if (this.#byName.size >= 10_000) this.#byName.clear(); // a wildcard covers names without end
    this.#byName.set(name, found);
    return found;
  }

  #look(): void {
    try {
      const marks = marksOf(this.#files);
      if (marks === this.#marks) return;
      this.#marks = marks;
      this.#loaded = this.#files.map(load);
      this.#byName.clear();
      this.#log.info({ certificates: this.#loaded.map(({ leaf }) => ({ subject: leaf.subject, validTo: leaf.validTo })) }, 'certificates.loaded');
    } catch (error) {
      this.#log.error({ err: error }, 'certificates.unusable');
    }
  }
}

function load({ certificate, key }: CertificateFiles): Loaded {
  const cert = readFileSync(certificate);
  return { leaf: new X509Certificate(cert), context: createSecureContext({ cert, key: readFileSync(key), minVersion: 'TLSv1.2', ciphers: CIPHERS }) };
}

/** Changes whenever a file does. Links are followed, since certificates are often renewed by moving one. */
const marksOf = (files: readonly CertificateFiles[]): string =>
  files
    .flatMap(({ certificate, key }) => [certificate, key])
    .map((path) => statSync(path, { bigint: true }))
    .map(({ ino, mtimeNs, size }) => `${ino} ${mtimeNs} ${size}`)
    .join(',');
