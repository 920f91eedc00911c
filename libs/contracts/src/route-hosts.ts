import { z } from 'zod';

const ADDRESS = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?):(\d{1,5})$/i;
const MOST_PORT = 65_535;

/** `URL` knows which numbers are an IP address, and it is what reads this before it is dialled. */
function isAddress(text: string): boolean {
  const port = Number(ADDRESS.exec(text)?.[1] ?? 0);
  return port >= 1 && port <= MOST_PORT && URL.canParse(`http://${text}`);
}

/** Where something listens that the gateway dials. */
export const HostAddress = z.string().refine(isAddress, 'An address is HOST:PORT, HOST being an IPv4 address, an IPv6 address in brackets or a name, PORT a number from 1 to 65535.');

/** Made small, because visitors' hosts are before they are compared with it. */
const hostName = (form: RegExp) => z.string().toLowerCase().regex(form, 'A host is a name such as hello.example.org or an IP address, without scheme, port and path.');

/** What visitors' `Host` headers may name, in lower case and without a port, as a regular expression's source. */
export const VISITED_HOST = String.raw`\[[0-9a-f:.]{2,45}\]|[a-z0-9][a-z0-9.-]{0,252}`;

/** An app's full host, without port. */
export const AppHost = hostName(new RegExp(`^(?:${VISITED_HOST})$`));

/** The console's. A machine may have a name that no visitor's `Host` can have, and still its apps are to be served. */
export const ConsoleHost = hostName(/^(\[[0-9a-f:.]{2,45}\]|[^\s:/?#@[\]]+)$/);
