import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { CertificateFiles } from '../src/door/certificates.ts';

export const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // node:crypto reads certificates and cannot make them
  }
})();

/** Writes a self-signed certificate for these names into a folder; over the one of that file name, if there is one. */
export function makeCertificate(folder: string, file: string, names: readonly string[], serial = 1): CertificateFiles {
  const files = { certificate: join(folder, `${file}.crt`), key: join(folder, `${file}.key`) };
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`, '-set_serial', String(serial), '-out', files.certificate, '-keyout', files.key], { stdio: 'ignore' });
  return files;
}
