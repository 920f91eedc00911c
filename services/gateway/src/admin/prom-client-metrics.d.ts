/** The single ones of prom-client's default metrics, which its types do not name. */
declare module 'prom-client/lib/metrics/*.js' {
  import type { Registry } from 'prom-client';
  const collect: (registry: Registry, config: { readonly eventLoopMonitoringPrecision: number }) => void;
  export default collect;
}
