import { FRAMEWORK_NAMES } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { imageAsset } from '@weir/images';

describe('the first program of an instance', () => {
  it.each(FRAMEWORK_NAMES)('has a command for %s', (name) => {
    expect(imageAsset('entry.py').toString()).toContain(`"${name}"`);
  });
});
