import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { paletteEntries } from './palette-entries.ts';

const apps = ['sales', 'churn'].map((hostname) => ({ hostname, url: `http://${hostname}.localhost` }) as AppView);

describe('the palette', () => {
  it('offers the fixed pages and each app before an app’s inner pages', () => {
    expect(paletteEntries(apps, '').slice(0, 5).map(({ href }) => href)).toEqual(['/', '/new', '/audit', '/apps/sales', '/apps/churn']);
  });

  it('finds a page of an app by both words, in any order', () => {
    expect(paletteEntries(apps, 'logs chu').map(({ href }) => href)).toEqual(['/apps/churn/logs']);
  });
});
