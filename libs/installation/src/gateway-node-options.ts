/**
 * A small young generation: with thousands of idle sockets, what was freed in a large one is most of what they take.
 *
 * Nothing is allocated as old from the start: while it starts, V8 learns from sockets that live long, and later puts a
 * part of every socket among the old, where a dead one keeps all the others that it points to alive.
 */
export const GATEWAY_NODE_OPTIONS = ['--max-semi-space-size=2', '--no-allocation-site-pretenuring'];
