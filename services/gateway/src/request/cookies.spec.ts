import { describe, expect, it } from 'vitest';
import { confinedSetCookie, cookieValue, withoutPlatformCookies } from './cookies.ts';

describe('cookies on their way to an app', () => {
  it.each([
    ['a=1; b="x y"; c', 'a=1; b="x y"; c'],
    ['a=1;weir_affinity=x;b=2', 'a=1;b=2'],
    ['weir_affinity=x; a=2|b%7C', 'a=2|b%7C'],
    ['weir_affinity=x', undefined],
    ['__Host-weir_session=x; __SECURE-WEIR=y; Weir-x=1; a=1', 'a=1'],
    ['weirdo=1; __Host-app=2', 'weirdo=1; __Host-app=2'],
  ])('%s becomes %s', (sent, seen) => expect(withoutPlatformCookies(sent)).toBe(seen));
});

describe('a cookie that an app sets', () => {
  it.each([
    ['a=2|b%7C; Path=/; SameSite=Lax', 'a=2|b%7C; Path=/; SameSite=Lax'],
    ['a=1; DOMAIN = .apps.test; Path=/', 'a=1; Path=/'],
    ['domain=x; Path=/', 'domain=x; Path=/'],
    ['a=1; domain', 'a=1'],
    [' __host-WEIR_session=x', undefined],
    ['weir_affinity=x', undefined],
  ])('%s becomes %s', (sent, set) => expect(confinedSetCookie(sent)).toBe(set));
});

describe('a cookie of ours', () => {
  it('counts only when there is exactly one', () => {
    expect(cookieValue('x=1; weir=a.b', 'weir')).toBe('a.b');
    expect(cookieValue('weir=a; weir=b', 'weir')).toBeUndefined();
    expect(cookieValue(undefined, 'weir')).toBeUndefined();
  });
});
