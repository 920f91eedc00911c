import type { LiveState } from './live-socket.ts';

/** How this page's live channels are, for the one notice that tells about all of them. */
const states = new Map<symbol, LiveState>();
const listeners = new Set<() => void>();

const tell = (): void => listeners.forEach((listener) => listener());

export function setConnection(channel: symbol, state: LiveState): void {
  // A first attempt is no trouble; an attempt after a loss keeps the notice until it succeeds.
  if (state === 'connecting' && states.get(channel) === 'waiting') return;
  states.set(channel, state);
  tell();
}

export function dropConnection(channel: symbol): void {
  states.delete(channel);
  tell();
}

export const isReconnecting = (): boolean => [...states.values()].includes('waiting');

export function onConnections(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
