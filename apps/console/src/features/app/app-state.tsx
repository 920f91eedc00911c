import type { AppView } from '@weir/contracts';
import { TimeAgo } from '#ui/time-ago.tsx';
import { ActionButton } from '#ui/action-button.tsx';
import { operateApp } from './app-operations.actions.ts';
import { APP_STATUS_LOOKS, AppStatusMark } from './app-status.tsx';

/** Show, explain, offer: the app's state, why, and what can be done about it. */
export function AppState({ app }: { readonly app: AppView }) {
  const instance = app.instances.find(({ desired }) => desired === 'running');
  const draining = app.instances.filter(({ desired }) => desired === 'draining').length;
  return (
    <section aria-label="State" className="card flex flex-col gap-3 p-4">
      <h2 className="font-semibold">State</h2>
      <div>
        <AppStatusMark status={app.status} />
        <p className="mt-1">{app.statusReason ?? APP_STATUS_LOOKS[app.status].sentence}</p>
      </div>
      {instance && (
        <p className="text-sm text-muted">
          One instance, {instance.status}
          {instance.startedAt !== null && (
            <>
              , started <TimeAgo time={instance.startedAt} />
            </>
          )}
          {instance.restarts > 0 && `, ${instance.restarts} restart${instance.restarts === 1 ? '' : 's'}`}
          {instance.reason !== null && instance.reason !== app.statusReason && <>. {instance.reason}</>}
          {draining > 0 && `. ${draining} of an older release still serve open tabs`}
        </p>
      )}
      <p className="text-sm text-muted">
        Limits: {app.limits.memoryMib} MiB memory, {app.limits.cpus} CPU, {app.limits.pids} processes
      </p>
      <div className="mt-auto flex flex-wrap gap-2 pt-1">
        {app.desired === 'stopped' ? (
          <ActionButton look="primary" action={() => operateApp(app.hostname, 'start')} pending="Starting…">
            Start app
          </ActionButton>
        ) : (
          app.release && (
            <>
              <ActionButton action={() => operateApp(app.hostname, 'reboot')} pending="Rebooting…">
                Reboot
              </ActionButton>
              <ActionButton action={() => operateApp(app.hostname, 'stop')} pending="Stopping…">
                Stop
              </ActionButton>
            </>
          )
        )}
      </div>
    </section>
  );
}
