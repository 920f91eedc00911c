import { Refusal } from './refusal.ts';

/** What `--port` says. @throws Refusal */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal('port.invalid', `${text.slice(0, 80)} is not a port: give a number from 1 to 65535.`);
  return port;
}
