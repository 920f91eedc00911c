import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { APP_PORT } from '@weir/container-runtime';

/** How long a canary waits for answers. Whoever is on this host or its network answers at once. */
const ANSWER_MS = 500;
const LISTENS_WITHIN_MS = 10_000;
const RETRY_MS = 20;

/**
 * What a canary runs: it is asked with a line of JSON, `["ADDRESS:PORT", …]`, tries all of them at
 * once, and answers with those that answered. Being refused is an answer: whoever refuses was reached.
 */
export const CANARY_PROGRAM = `
import errno, json, select, socket, time
server = socket.create_server(('0.0.0.0', ${APP_PORT}))

def reached(targets):
    poll, waiting, found = select.poll(), {}, []
    for target in targets:
        host, port = target.rsplit(':', 1)
        tried = socket.socket()
        tried.setblocking(False)
        tried.connect_ex((host, int(port)))
        poll.register(tried, select.POLLOUT)
        waiting[tried.fileno()] = tried, target
    end = time.monotonic() + ${ANSWER_MS / 1000}
    while waiting and time.monotonic() < end:
        for number, _ in poll.poll(max(0, end - time.monotonic()) * 1000):
            poll.unregister(number)
            tried, target = waiting.pop(number)
            if tried.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) in (0, errno.ECONNREFUSED): found.append(target)
    return found

while True:
    with server.accept()[0] as caller:
        question = caller.makefile().readline()
        if question: caller.sendall(json.dumps(reached(json.loads(question))).encode())
`;

/** Asks a canary which of these it reaches, as soon as it listens. */
export async function askCanary(address: string, targets: readonly string[]): Promise<string[]> {
  const limit = AbortSignal.timeout(LISTENS_WITHIN_MS);
  for (;;) {
    const answer = await ask(address, targets, limit).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED' || limit.aborted) throw error;
    });
    if (answer !== undefined) return reachedIn(answer);
    await wait(RETRY_MS);
  }
}

async function ask(address: string, targets: readonly string[], signal: AbortSignal): Promise<string> {
  const socket = connect({ host: address, port: APP_PORT, signal });
  try {
    await once(socket, 'connect', { signal });
    socket.write(`${JSON.stringify(targets)}\n`);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  } finally {
    socket.destroy();
  }
}

function reachedIn(text: string): string[] {
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (!Array.isArray(answer)) throw new TypeError('a canary ended without an answer');
  return answer.map(String);
}
