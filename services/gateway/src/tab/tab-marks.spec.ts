import { describe, expect, it } from 'vitest';
import { withoutTabToken } from './tab-marks.ts';

describe('a target without the tab\'s token', () => {
  it.each([
    ['/_stcore/stream?_weir_tab=a.b', '/_stcore/stream'],
    ['/s?x=1&_weir_tab=a', '/s?x=1'],
    ['/s?_weir_tab=a&x=%2F', '/s?x=%2F'],
    ['/s?a&_weir_tab=b&c', '/s?a&c'],
    ['/s?x_weir_tab=a', '/s?x_weir_tab=a'],
    ['/s?_weir_tab=a&_weir_tab=b&x', '/s?x'],
    ['/s?x=1&', '/s?x=1&'],
  ])('of %s is %s', (target, left) => expect(withoutTabToken(target)).toBe(left));
});
