import { expect, it } from 'vitest';
import { lockedWheelWishes } from './locked-wheels.ts';

const wish = (...files: string[]): string[] => lockedWheelWishes([{ name: 'six', version: '1', files }]).map(({ range }) => range);

it.each([
  ['of several Pythons', ['six-1-cp39-cp39-manylinux_2_17_x86_64.whl', 'six-1-cp311-cp311-manylinux_2_17_x86_64.whl'], ['>=3.9,<3.12']],
  ['of a stable interface', ['six-1-cp38-abi3-manylinux_2_17_x86_64.whl'], ['>=3.8']],
  ['for any Python', ['six-1-py3-none-any.whl', 'six-1-cp39-cp39-manylinux_2_17_x86_64.whl'], []],
  ['of another system', ['six-1-cp39-cp39-win_amd64.whl'], []],
  ['of a Python that there cannot be', [`six-1-cp3${'9'.repeat(30)}-cp39-manylinux_2_17_x86_64.whl`], []],
  ['whose tags are more than a call takes', [`six-1-${'cp39.'.repeat(300_000)}cp310-cp39-manylinux_2_17_x86_64.whl`], ['>=3.9,<3.11']],
])('wheels %s wish for what they were made for', (_, files, ranges) => expect(wish(...files)).toEqual(ranges));
