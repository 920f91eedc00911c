import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { runTool } from './run-tool.ts';
import { testInstallation } from './test-installation.ts';

/** What runs inside: answers on every address, prints each name it is asked for, and dials what a line names. */
const PROGRAM = `
const net = require('node:net'), dgram = require('node:dgram');
const answer = (query, address) => {
  const head = Buffer.concat([query.subarray(0, 2), Buffer.from([0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0])]);
  const end = query.indexOf(0, 12) + 5;
  return Buffer.concat([head, query.subarray(12, end), Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address])]);
};
const nameIn = (query) => query.subarray(13, query.indexOf(0, 12)).toString('latin1').replace(/[\\x00-\\x1f]/g, '.');
const ports = JSON.parse(process.argv[1]), dns = JSON.parse(process.argv[2]);
const listening = ports.map((port) => new Promise((done) => net.createServer((socket) => socket.on('error', () => undefined).end('stand-in')).listen(port, '0.0.0.0', done)));
for (const address of dns) listening.push(new Promise((done) => {
  const server = dgram.createSocket('udp4').on('message', (query, from) => {
    console.log('asked ' + address + ' ' + nameIn(query));
    server.send(answer(query, [203, 0, 113, 9]), from.port, from.address);
  }).bind(53, address, done);
}));
require('node:readline').createInterface({ input: process.stdin }).on('line', (target) => {
  const [host, port] = target.split(':');
  const socket = net.connect({ host, port: Number(port), timeout: 1000 });
  const say = (word) => () => { console.log('dialled ' + word); socket.destroy(); };
  socket.once('connect', say('reached')).once('timeout', say('timeout')).once('error', say('refused'));
});
Promise.all(listening).then(() => console.log('ready'));
`;

export const STAND_IN_PORTS = [25, 53, 80, 443, 465, 587, 5432] as const;

/**
 * A network beside this host with machines that apps must not reach, and one that they may: a
 * network namespace whose addresses stand for a cloud's metadata service, private networks and the internet.
 * Needs root; `close` leaves nothing of it.
 */
export class StandInNetwork {
  private constructor(private readonly name: string, private readonly byte: number, private readonly program: ChildProcess, private readonly lines: Interface, readonly asked: string[]) {}

  static async open(): Promise<StandInNetwork> {
    const [byte = 0] = randomBytes(1);
    const name = `weirt-${testInstallation()}`; // an interface has it too: at most 15 characters
    try {
      return await StandInNetwork.#open(name, byte);
    } catch (error) {
      await runTool('ip', 'netns', 'delete', name); // its interfaces and their routes go with it
      throw error;
    }
  }

  static async #open(name: string, byte: number): Promise<StandInNetwork> {
    const { gateway, internet, closed, resolver } = addresses(byte);
    await runTool('ip', 'netns', 'add', name);
    await runTool('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    await runTool('ip', 'address', 'add', `${gateway}/30`, 'dev', name);
    await runTool('ip', 'link', 'set', name, 'up');
    const inside = (...args: string[]) => runTool('ip', '-n', name, ...args);
    await inside('link', 'set', 'lo', 'up');
    await inside('address', 'add', `${internet}/30`, 'dev', 'eth0');
    await inside('link', 'set', 'eth0', 'up');
    await inside('route', 'add', 'default', 'via', gateway);
    for (const address of [...closed, resolver]) {
      await inside('address', 'add', `${address}/32`, 'dev', 'lo');
      await runTool('ip', 'route', 'add', `${address}/32`, 'via', internet, 'dev', name);
    }
    // One socket for each address that is asked for names: answers come from where they were asked.
    const program = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', PROGRAM, JSON.stringify(STAND_IN_PORTS), JSON.stringify([internet, resolver, closed[1]])], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: program.stdout });
    const asked: string[] = [];
    lines.on('line', (line) => { if (line.startsWith('asked ')) asked.push(line.slice('asked '.length)); });
    await once(lines, 'line'); // ready
    return new StandInNetwork(name, byte, program, lines, asked);
  }

  /** One address in each kind of network that is closed to apps, link-local (where metadata services are) first. */
  get closed(): readonly string[] {
    return addresses(this.byte).closed;
  }

  /** A public address. */
  get internet(): string {
    return addresses(this.byte).internet;
  }

  /** A resolver in a private network, that an operator may name. */
  get resolver(): string {
    return addresses(this.byte).resolver;
  }

  /** What a neighbour of this host gets who sends packets for `ADDRESS:PORT` to it. */
  async dial(target: string): Promise<'reached' | 'refused' | 'timeout'> {
    this.program.stdin?.write(`${target}\n`);
    for (;;) {
      const [line] = (await once(this.lines, 'line')) as [string];
      if (line.startsWith('dialled ')) return line.slice('dialled '.length) as 'reached' | 'refused' | 'timeout';
    }
  }

  async close(): Promise<void> {
    const ended = once(this.program, 'close');
    this.program.kill();
    await ended;
    await runTool('ip', 'netns', 'delete', this.name);
  }
}

/** Drawn anew for each network, so that two test runs do not meet. */
const addresses = (byte: number) => ({
  gateway: `203.0.113.${byte & 0xfc | 1}`,
  internet: `203.0.113.${byte & 0xfc | 2}`,
  resolver: `10.98.${byte}.53`,
  closed: [`169.254.77.${byte}`, `10.99.${byte}.7`, `172.31.${byte}.7`, `192.168.${byte}.7`, `100.64.${byte}.7`, `198.18.${byte}.7`],
});
