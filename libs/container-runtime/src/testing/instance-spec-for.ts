import { randomBytes } from 'node:crypto';
import { DEFAULT_LIMITS, newId } from '@weir/domain';
import type { InstanceSpec } from '../instance-spec.ts';

/** A valid spec of a new app's first instance. */
export function instanceSpecFor(given: Partial<InstanceSpec> = {}): InstanceSpec {
  const id = <K extends Parameters<typeof newId>[0]>(kind: K) => newId(kind, Date.now(), randomBytes(16));
  return {
    id: id('instance'), app: id('app'), workspace: id('workspace'), release: id('release'), deployment: id('deployment'),
    attempt: 1, image: 'image', uid: 10_001, framework: 'streamlit', entryFile: 'streamlit_app.py', hostname: 'hello.localhost',
    sourceBytes: 0, limits: DEFAULT_LIMITS, secretsDir: '/run/secrets', ...given,
  };
}
