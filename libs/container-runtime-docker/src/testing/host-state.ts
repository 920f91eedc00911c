import { readdirSync, readFileSync } from 'node:fs';
import { hostRules } from './filter-rules.ts';
import { runTool } from './run-tool.ts';

const SETTINGS = ['kernel/hostname', 'kernel/core_pattern', 'kernel/randomize_va_space', 'net/ipv4/ip_forward', 'vm/overcommit_memory'];
const FILES = ['/etc/passwd', '/etc/shadow', '/etc/group', '/etc/hosts', '/etc/resolv.conf'];
const FOLDERS = ['/', '/etc', '/usr/bin', '/usr/lib'];
/** Devices that come and go by themselves. */
const PASSING = /^(loop|dm-|pts|tty|vcs|nbd|shm|mqueue)/;

/** What an attack would have had to change to harm this host. */
export async function hostState(): Promise<Readonly<Record<string, unknown>>> {
  return {
    settings: SETTINGS.map((name) => [name, readFileSync(`/proc/sys/${name}`, 'utf8')]),
    files: FILES.map((path) => [path, readFileSync(path, 'utf8')]),
    folders: FOLDERS.map((path) => [path, readdirSync(path).toSorted()]),
    devices: readdirSync('/dev').filter((name) => !PASSING.test(name)).toSorted(),
    engine: await runTool('pidof', 'dockerd'),
    rules: await hostRules(),
  };
}
