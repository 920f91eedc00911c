import profile from '../../../../infra/seccomp/app.json' with { type: 'json' };

/** The system calls an app may make, as Docker takes them inline. */
export const seccompProfile: string = JSON.stringify(profile);
