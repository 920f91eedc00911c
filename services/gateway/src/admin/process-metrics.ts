import type { Registry } from 'prom-client';
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js';
import processCpuTotal from 'prom-client/lib/metrics/processCpuTotal.js';
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import processResources from 'prom-client/lib/metrics/processResources.js';
import processStartTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';

/** How often the event loop is asked how late it is. Every 10 ms, as is usual, costs an idle gateway more than all its sockets. */
const eventLoopMonitoringPrecision = 500;

const METRICS = [processCpuTotal, processStartTime, osMemoryHeap, processOpenFileDescriptors, processMaxFileDescriptors, eventLoopLag, processResources, heapSizeAndUsed, heapSpacesSizeAndUsed, version];

/**
 * What every program on Node tells Prometheus, but for its garbage collections: to hear of each costs a gateway that opens
 * sockets a fortieth of its time. Handles and requests, which Node has no public name for, are among its resources.
 */
export function collectProcessMetrics(registry: Registry): void {
  for (const collect of METRICS) collect(registry, { eventLoopMonitoringPrecision });
}
