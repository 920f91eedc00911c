import { describe, expect, it } from 'vitest';
import { profileOf } from './framework-profile.ts';
import { matchesPath } from './framework.ts';

const streamlit = (version: string | null) => profileOf({ name: 'streamlit', version });

describe('the framework table', () => {
  it.each([
    ['1.12.0', '/healthz', '/stream'], ['1.17.0', '/healthz', '/stream'], ['1.18.0', '/_stcore/health', '/_stcore/stream'], ['1.28.0', '/_stcore/health', '/_stcore/stream'],
    ['1.9', '/healthz', '/stream'], ['1.57.0rc1', '/_stcore/health', '/_stcore/stream'], ['2.0.1.dev20270101', '/_stcore/health', '/_stcore/stream'], [null, '/_stcore/health', '/_stcore/stream'],
  ])('knows where Streamlit %s has its health and its session', (version, health, stream) => {
    expect(streamlit(version)).toMatchObject({ sticky: true, health: { path: health }, streams: [stream] });
  });

  it('hides what a generation leaves open, under each of its names', () => {
    expect(matchesPath(streamlit('1.12.0').hidden, '/st-metrics')).toBe(true);
    for (const path of ['/st-metrics', '/_stcore/metrics', '/script-health-check']) expect(matchesPath(streamlit('1.56.0').hidden, path)).toBe(true);
    expect(matchesPath(streamlit('1.57.0').hidden, '/_stcore/metrics')).toBe(true);
    expect(matchesPath(streamlit('1.57.0').hidden, '/st-metrics'), 'a page of st.App may have that name').toBe(false);
  });

  it('takes the exact word of Streamlit for well, never its page', () => {
    for (const version of ['1.12.0', '1.46.0', '1.57.0', null]) {
      const { isWell } = streamlit(version).health;
      expect(isWell({ status: 200, body: 'ok' })).toBe(true);
      expect(isWell({ status: 200, body: '<!doctype html>' })).toBe(false);
      expect(isWell({ status: 503, body: 'ok' })).toBe(false);
    }
  });

  it('keeps browsers at their instance wherever sessions live in memory', () => {
    const sticky = (name: string) => profileOf({ name, version: null }).sticky;
    expect(['gradio', 'panel', 'shiny', 'marimo', 'nicegui', 'constructor', 'something'].map(sticky)).toEqual([true, true, true, true, true, true, true]);
    expect(['dash', 'fastapi', 'flask'].map(sticky)).toEqual([false, false, false]);
  });

  it('takes any page without a server’s error of a framework that has no health path', () => {
    const { health } = profileOf({ name: 'shiny', version: '1.8.0' });
    expect([health.path, health.isWell({ status: 404, body: '' }), health.isWell({ status: 500, body: '' })]).toEqual(['/', true, false]);
  });

  it('moves Gradio below its prefix with 5.0', () => {
    expect([null, '5.0.0', '4.44.1', '3.50.2'].map((version) => profileOf({ name: 'gradio', version }).streams[0])).toEqual(['/gradio_api/queue/data', '/gradio_api/queue/data', '/queue/data', '/queue/join']);
  });
});

describe('a path', () => {
  it.each([
    ['/app/ws', ['/*/ws'], true], ['//ws', ['/*/ws'], false], ['/a/b/ws', ['/*/ws'], false], ['/_stcore/stream', ['/_stcore/stream'], true], ['/_stcore/stream/', ['/_stcore/stream'], false], ['/x', [], false],
  ])('%s among %j: %s', (path, patterns, expected) => {
    expect(matchesPath(patterns, path)).toBe(expected);
  });
});
