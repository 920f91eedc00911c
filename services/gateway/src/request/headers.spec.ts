import { expect, it } from 'vitest';
import { answerHeaders } from './headers.ts';

it.each(['Service-Worker-Allowed', 'service-worker-allowed', 'Clear-Site-Data', 'Alt-Svc', 'Server', 'X-Powered-By'])('%s of an answer reaches no browser, and what stands beside it does', (name) => {
  for (const audience of ['app', 'platform'] as const) expect(answerHeaders([name, '/', 'Content-Type', 'text/javascript'], audience)).toEqual(['Content-Type', 'text/javascript']);
});
