/** Where an upstream listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` (`[::1]:80` for IPv6), or an `http://host:port` URL. */
export function parseAddress(text: string): Address {
  const url = new URL(text.includes('://') ? text : `http://${text}`);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) };
}

/** `::ffff:10.0.0.1`, as dual-stack sockets call IPv4 peers, is `10.0.0.1`. */
export const plainAddress = (address: string | undefined): string => address?.replace(/^::ffff:/, '') ?? '';
