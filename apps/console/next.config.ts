import type { NextConfig } from 'next';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const development = process.env.NODE_ENV === 'development'; // oxlint-disable-line -- Next sets it; this file runs when built

/** Everything comes from this origin; Next's own inline scripts are the one exception. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = [
  { key: 'Content-Security-Policy', value: CONTENT_SECURITY_POLICY },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' }, // a sign-in link's token stays here; `no-referrer` would void the Origin of forms
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `typecheck` is a target of its own
  transpilePackages: ['@weir/api-client', '@weir/contracts', '@weir/domain'],
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  headers: async () => [
    { source: '/:path*', headers: HEADERS },
    { source: '/((?!_next/static).*)', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
  ],
} satisfies NextConfig;
