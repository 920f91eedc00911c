import { describe, expect, it } from 'vitest';
import { decide, type AccessDecision, type AccessRoute } from './access.ts';

const visits = {
  'a person\'s document': { document: true, person: true },
  'a bot\'s document': { document: true, person: false },
  'a tab\'s poll': { document: false, person: true },
};

describe('a visit to a public app', () => {
  it.each<[keyof typeof visits, AccessRoute['sleep'], AccessDecision]>([
    ['a person\'s document', 'awake', 'allow'],
    ['a person\'s document', 'asleep', 'hold'],
    ['a person\'s document', 'waking', 'hold'],
    ['a bot\'s document', 'asleep', 'allow'],
    ['a bot\'s document', 'waking', 'hold'],
    ['a tab\'s poll', 'awake', 'allow'],
    ['a tab\'s poll', 'asleep', 'allow'],
    ['a tab\'s poll', 'waking', 'hold'],
  ])('%s while it is %s: %s', (visit, sleep, decision) => {
    expect(decide(visits[visit], { policy: { kind: 'public' }, sleep }, undefined)).toBe(decision);
  });
});

describe('an app for members', () => {
  const visit = visits['a person\'s document'];

  it.each(['awake', 'asleep', 'waking'] as const)('asks strangers to sign in and refuses others, be it %s: neither wakes it', (sleep) => {
    const route: AccessRoute = { policy: { kind: 'members' }, sleep };
    expect(decide(visit, route, undefined)).toBe('sign-in');
    expect(decide(visit, route, { member: false })).toBe('deny');
    expect(decide(visit, route, { member: true })).toBe(sleep === 'awake' ? 'allow' : 'hold');
  });
});
