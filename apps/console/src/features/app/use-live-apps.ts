'use client';

import type { AppView } from '@weir/contracts';
import { useState } from 'react';
import { useLive } from '#live/use-live.ts';
import { changeApps } from './app-list-changes.ts';

/** All apps as the server rendered them, then as they change. A newer rendering wins. */
export function useLiveApps(rendered: readonly AppView[]): readonly AppView[] {
  const [state, setState] = useState({ rendered, apps: rendered });
  if (state.rendered !== rendered) setState({ rendered, apps: rendered });
  useLive('apps', () => [{ topic: 'apps' }], (message) => setState((now) => ({ ...now, apps: changeApps(now.apps, message) })));
  return state.rendered === rendered ? state.apps : rendered;
}
