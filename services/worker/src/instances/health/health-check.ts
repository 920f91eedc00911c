import { get } from 'node:http';
import { type Framework, type HealthAnswer, profileOf } from '@weir/domain';

/** Whether an app at `address` (host:port) is well. Never throws: no answer is an answer. */
export type HealthCheck = (address: string, framework: Framework, timeoutMs: number) => Promise<boolean>;

const MAX_BODY_BYTES = 1024;

/** Asks over HTTP, from outside the instance, where and how its framework's table says. */
export const checkHealth: HealthCheck = async (address, framework, timeoutMs) => {
  const { path, isWell } = profileOf(framework).health;
  const answer = await ask(`http://${address}${path}`, timeoutMs);
  return answer !== undefined && isWell(answer);
};

function ask(url: string, timeoutMs: number): Promise<HealthAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<HealthAnswer | undefined>();
  const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
    let body = '';
    const answer = () => resolve({ status: response.statusCode ?? 0, body });
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
