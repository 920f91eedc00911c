import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { explainFailure } from './index.ts';

type Row = [fixture: string, code: string, message: string, hint: string];

const GIT: Row[] = [
  ['git/commit', 'source.commit_not_found', 'The repository has no commit 111111111111 any more.', 'A force push has probably replaced it: deploy the newest commit of the branch.'],
  ['git/fsck', 'source.unreadable', "Git refuses an object of this repository: it contains '.git'.", 'Mend what “git fsck” names, and push again.'],
  ['git/garbage', 'source.unreachable', 'What answers does not speak as a Git server does.', 'Check that the address is one of a Git repository.'],
  ['git/http401', 'source.not_found', 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  ['git/http403', 'source.not_found', 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  ['git/http404', 'source.not_found', 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  ['git/http429', 'source.unreachable', 'The Git server git.example answered with the error 429.', 'Deploy again in a moment.'],
  ['git/http500', 'source.unreachable', 'The Git server git.example answered with the error 500.', 'Deploy again in a moment.'],
  ['git/http503', 'source.unreachable', 'The Git server git.example answered with the error 503.', 'Deploy again in a moment.'],
  ['git/large', 'source.too_large', 'The newest commit is larger than the 200 MB that are fetched, or the Git server sends it broken.', 'Keep large data out of the repository and load it when the app runs.'],
  ['git/nobranch', 'source.branch_not_found', 'The repository has no branch nope.', "Choose a branch that exists in the app's settings."],
  ['git/nohost', 'source.unreachable', 'There is no Git server no-such-host.invalid: its name is not known.', 'Check the address of the repository.'],
  ['git/nothing', 'source.not_found', 'The repository does not exist, or it is private.', 'Check the address; a private repository can be pushed to the app’s own Git remote instead.'],
  ['git/refused', 'source.unreachable', 'The Git server 127.0.0.1:9 could not be reached.', 'Check the address, and deploy again in a moment.'],
  ['git/shallow', 'source.unreachable', 'What answers does not speak as a Git server does.', 'Check that the address is one of a Git repository.'],
  ['git/tls', 'source.unreachable', 'The certificate of the Git server git.example is not trusted.', 'Ask the operator to add its certificate authority to this installation.'],
];

const APT: Row[] = [
  ['apt/no-candidate', 'build.system_package_not_found', 'There is no apt package “python3.8” (packages.txt).', 'Remove it: the Python is chosen in the app’s settings.'],
  ['apt/offline', 'build.index_unreachable', 'The Debian mirror no-such-host.invalid could not be reached.', 'Deploy again in a moment; if it stays so, ask the operator to check the mirror and the proxy of this installation.'],
  ['apt/two', 'build.system_package_not_found', 'There is no apt package “libgl1-nope” or “other-nope” (packages.txt).', 'Look the name up at packages.debian.org for the Debian release of the base image; Python packages belong in requirements.txt.'],
  ['apt/unknown', 'build.system_package_not_found', 'There is no apt package “libgl1-nope” (packages.txt).', 'Look the name up at packages.debian.org for the Debian release of the base image; Python packages belong in requirements.txt.'],
];

const explained = (phase: 'fetch' | 'environment', name: string) => explainFailure({ phase, exitCode: 100, signal: null, oom: false, timedOut: false, log: fixture(name), plan: null });

describe('what Git says', () => {
  it.each(GIT)('is explained: %s', (name, code, message, hint) => {
    expect(explained('fetch', name)).toEqual({ code, phase: 'fetch', message, hint, excerpt: expect.any(String) });
  });
});

describe('what apt says', () => {
  it.each(APT)('is explained: %s', (name, code, message, hint) => {
    expect(explained('environment', name)).toEqual({ code, phase: 'environment', message, hint, excerpt: expect.any(String) });
  });
});
