/** Git's environment wherever it meets a stranger's repository. */
export const gitEnvironment = (protocols: string): Record<string, string> => ({
  GIT_ALLOW_PROTOCOL: protocols,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_LFS_SKIP_SMUDGE: '1',
  HOME: '/nonexistent',
});

const MAX_PACK_BYTES = 209_715_200;

/** The start of every command line that talks to a Git server. */
export const GIT_ONLINE: readonly string[] = [
  'timeout', '120', 'prlimit', `--fsize=${MAX_PACK_BYTES}`, 'git',
  '-c', 'http.followRedirects=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.symlinks=false', '-c', 'core.fsmonitor=false',
  '-c', 'core.protectHFS=true', '-c', 'core.protectNTFS=true', '-c', 'transfer.fsckObjects=true', '-c', 'transfer.credentialsInUrl=die',
  '-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=20', '-c', 'credential.helper=',
];

/** Protocols a URL may use; the URL itself was judged by `gitUrlProblem`. */
export const protocolOf = (url: string): string => (url.startsWith('http:') ? 'http' : 'https');
