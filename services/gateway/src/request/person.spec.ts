import { describe, expect, it } from 'vitest';
import { isPerson } from './person.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36';

describe('a visit', () => {
  it.each([CHROME, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) Chrome/140.0 Mobile'])('by %s is a person\'s', (agent) => {
    expect(isPerson('GET', ['User-Agent', agent])).toBe(true);
  });

  it.each(['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Slackbot-LinkExpanding 1.0', 'facebookexternalhit/1.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'UptimeRobot/2.0', 'curl/8.5.0', 'kube-probe/1.31', 'WhatsApp/2.23', 'Twitterbot/1.0', 'Better Uptime Bot Mozilla/5.0'])('by %s is none', (agent) => {
    expect(isPerson('GET', ['User-Agent', agent])).toBe(false);
  });

  it('that asks for the head alone, or ahead of the person, is none', () => {
    expect(isPerson('HEAD', ['User-Agent', CHROME])).toBe(false);
    expect(isPerson('GET', ['User-Agent', CHROME, 'Sec-Purpose', 'prefetch;prerender'])).toBe(false);
    expect(isPerson('GET', ['User-Agent', CHROME, 'X-Moz', 'prefetch'])).toBe(false);
  });
});
