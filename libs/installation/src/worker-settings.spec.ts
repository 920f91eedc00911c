import { describe, expect, it } from 'vitest';
import { workerSettingsOf } from './worker-settings.ts';

describe('what an operator tells the worker', () => {
  it('is kept for the next start, until that names something else or nothing', () => {
    const first = workerSettingsOf({ WEIR_DOCKERFILES: 'true', WEIR_APT_PACKAGES: 'ffmpeg, libgl1', PATH: '/bin' }, {});
    expect(first).toEqual({ WEIR_DOCKERFILES: 'true', WEIR_APT_PACKAGES: 'ffmpeg, libgl1' });
    expect(workerSettingsOf({ WEIR_DOCKERFILES: '', WEIR_CONTAINER_RUNTIME: 'runsc' }, first)).toEqual({ WEIR_APT_PACKAGES: 'ffmpeg, libgl1', WEIR_CONTAINER_RUNTIME: 'runsc' });
  });

  it.each([
    ['WEIR_DOCKERFILES', 'yes', 'it is true or false'],
    ['WEIR_APT_PACKAGES', 'ffmpeg,-o APT::x', '“-o APT::x” is not the name of an apt package'],
    ['WEIR_CONTAINER_RUNTIME', 'runsc --debug', 'the name of one of the Docker Engine’s runtimes'],
  ])('is refused where it is none: %s=%s', (name, value, why) => {
    expect(() => workerSettingsOf({ [name]: value }, {})).toThrow(expect.objectContaining({ code: 'worker.settings_invalid', publicMessage: expect.stringContaining(why) }));
  });
});
