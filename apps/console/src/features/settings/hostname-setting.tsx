'use client';

import type { AppView } from '@weir/contracts';
import { hostnameProblem } from '@weir/domain';
import { useState } from 'react';
import { HostnameField } from '#features/new-app/hostname-field.tsx';
import { SettingForm } from './setting-form.tsx';

export function HostnameSetting({ app, appsDomain }: { readonly app: AppView; readonly appsDomain: string }) {
  const [hostname, setHostname] = useState(app.hostname);
  const change = hostname !== app.hostname && hostnameProblem(hostname) === undefined ? { hostname } : null;
  return (
    <SettingForm app={app.hostname} title="Hostname" effect="Takes effect now. The old address stops working." change={change}>
      {(problems) => <HostnameField value={hostname} onChange={setHostname} appsDomain={appsDomain} problem={problems['hostname']} own={app.hostname} />}
    </SettingForm>
  );
}
