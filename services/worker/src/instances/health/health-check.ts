import { get } from 'node:http';
import type { Framework } from '@weir/contracts';

/** Whether an app at `address` (host:port) is well. Never throws: no answer is an answer. */
export type HealthCheck = (address: string, framework: Framework, timeoutMs: number) => Promise<boolean>;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

interface Question {
  readonly path: string;
  isWell(answer: Answer): boolean;
}

/** Streamlit answers any unknown path with 200 and a page, so only the exact words count. */
const STREAMLIT: Question = { path: '/_stcore/health', isWell: ({ status, type, body }) => status === 200 && type.startsWith('text/plain') && body.trim() === 'ok' };
const ANY: Question = { path: '/', isWell: ({ status }) => status < 500 };
const MAX_BODY_BYTES = 1024;

/** Asks over HTTP, from outside the instance. */
export const checkHealth: HealthCheck = async (address, framework, timeoutMs) => {
  const question = framework.name === 'streamlit' ? STREAMLIT : ANY;
  const answer = await ask(`http://${address}${question.path}`, timeoutMs);
  return answer !== undefined && question.isWell(answer);
};

function ask(url: string, timeoutMs: number): Promise<Answer | undefined> {
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
    let body = '';
    const answer = () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body });
    response.setEncoding('latin1').on('data', (chunk: string) => {
      body += chunk;
      if (body.length <= MAX_BODY_BYTES) return;
      answer();
      request.destroy();
    }).on('end', answer).on('error', () => resolve(undefined));
  });
  request.on('error', () => resolve(undefined));
  return promise;
}
