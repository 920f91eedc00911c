import { expect, it } from 'vitest';
import { findNativeTcp } from './native-tcp.ts';

const real = Reflect.get(process, 'binding') as (name: string) => Record<string, unknown>;

it('finds what Node 24 has', () => expect(findNativeTcp(real)).toBeDefined());

it.each([
  ['there is no binding', null],
  ['it has no such part', () => ({})],
  ['it refuses', () => { throw new Error('No such module'); }],
  ['a method is gone', (name: string) => (name === 'tcp_wrap' ? { ...real(name), TCP: class {} } : real(name))],
])('finds nothing where %s', (_, binding) => expect(findNativeTcp(binding)).toBeUndefined());
