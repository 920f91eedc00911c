import { describe, expect, it } from 'vitest';
import { isPerson } from './person.ts';

const document = { method: 'GET', navigation: true };
const part = { method: 'GET', navigation: false };
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36';

describe('a visit', () => {
  it.each([CHROME, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) Chrome/140.0 Mobile'])('by %s is a person\'s', (agent) => {
    expect(isPerson(document, ['User-Agent', agent])).toBe(true);
  });

  it.each(['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Slackbot-LinkExpanding 1.0', 'facebookexternalhit/1.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'UptimeRobot/2.0', 'Uptime-Kuma/1.23.16', 'Blackbox Exporter/0.27.0', 'ELB-HealthChecker/2.0', 'kube-probe/1.31', 'WhatsApp/2.23', 'Twitterbot/1.0', 'Better Uptime Bot Mozilla/5.0'])('by %s is none', (agent) => {
    expect(isPerson(document, ['User-Agent', agent])).toBe(false);
  });

  it.each(['curl/8.5.0', 'Wget/1.25.0', 'python-requests/2.32.5', 'Go-http-client/1.1'])('by %s is a person\'s where it asks for a document, and else a script\'s', (agent) => {
    expect(isPerson(document, ['User-Agent', agent])).toBe(true);
    expect(isPerson(part, ['User-Agent', agent])).toBe(false);
    expect(isPerson({ ...part, method: 'POST' }, ['User-Agent', agent])).toBe(false);
  });

  it('that sends something from a browser is a person\'s', () => {
    expect(isPerson({ ...part, method: 'POST' }, ['User-Agent', CHROME])).toBe(true);
  });

  it('that asks for the head alone, or ahead of the person, is none', () => {
    expect(isPerson({ ...document, method: 'HEAD' }, ['User-Agent', CHROME])).toBe(false);
    expect(isPerson(document, ['User-Agent', CHROME, 'Sec-Purpose', 'prefetch;prerender'])).toBe(false);
    expect(isPerson(document, ['User-Agent', CHROME, 'X-Moz', 'prefetch'])).toBe(false);
  });
});
