'use client';

import type { AppView } from '@weir/contracts';
import { ChevronDown } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { ScalePanel } from '#features/instances/scale-panel.tsx';
import { canSleep, SleepPanel } from '#features/sleep/sleep-panel.tsx';
import { ActionButton } from '#ui/action-button.tsx';
import { Button } from '#ui/button.tsx';
import { operateApp } from './app-operations.actions.ts';
import { StopApp } from './stop-app.tsx';

type Panel = 'scale' | 'sleep';

/** What can be done with an app as it is. What has a choice opens below, with what follows from each. */
export function AppActions({ app }: { readonly app: AppView }) {
  const [open, setOpen] = useState<Panel | null>(null);
  const id = useId();
  const scaleButton = useRef<HTMLButtonElement>(null);
  const asleep = app.status === 'asleep';

  if (app.desired === 'stopped') {
    return (
      <ActionButton look="primary" action={() => operateApp(app.hostname, 'start')} pending="Starting…">
        Start app
      </ActionButton>
    );
  }
  if (!app.release) return null;

  // The keyboard goes on where it came from, not at the top of the page.
  const closeScale = (): void => {
    setOpen(null);
    scaleButton.current?.focus();
  };
  const opener = (panel: Panel, label: string) => (
    <Button ref={panel === 'scale' ? scaleButton : null} aria-expanded={open === panel} aria-controls={`${id}-${panel}`} onClick={() => setOpen(open === panel ? null : panel)}>
      {label}
      <ChevronDown size={14} aria-hidden className={`transition-transform ${open === panel ? 'rotate-180' : ''}`} />
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-1.5">
        {asleep ? (
          <ActionButton look="primary" action={() => operateApp(app.hostname, 'wake')} pending="Waking…">
            Wake app
          </ActionButton>
        ) : (
          <ActionButton action={() => operateApp(app.hostname, 'reboot')} pending="Rebooting…">
            Reboot
          </ActionButton>
        )}
        {opener('scale', 'Scale')}
        {canSleep(app) && opener('sleep', asleep ? 'Sleep deeper' : 'Sleep')}
        <StopApp app={app} label="Stop" />
      </div>
      {open === 'scale' && (
        <div id={`${id}-scale`} className="rounded-md bg-sunken p-3">
          <ScalePanel app={app} onDone={closeScale} />
        </div>
      )}
      {open === 'sleep' && canSleep(app) && (
        <div id={`${id}-sleep`} className="rounded-md bg-sunken p-3">
          <SleepPanel app={app} />
        </div>
      )}
    </div>
  );
}
