import { ApiProblem } from '@weir/api-client';
import { Conflict, Unavailable } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { endingOf, problem, sayProblem } from './exit.ts';

describe('a command that did not get what it wanted', () => {
  it.each([
    ['was refused by the platform', new ApiProblem(problem(422, 'x.y', 'No.')), 2, 'x.y'],
    ['was refused here', new Conflict('app.hostname_taken', 'Taken.'), 2, 'app.hostname_taken'],
    ['met a platform that broke', new ApiProblem(problem(500, 'internal', 'Oh.')), 1, 'internal'],
    ['found nothing that answers', new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }), 1, 'cli.unreachable'],
    ['met something away', new Unavailable('queue.unreachable', 'Away.'), 1, 'queue.unreachable'],
    ['met what nobody foresaw', new Error('odd'), 1, 'cli.unexpected'],
  ])('%s', (_, error, code, name) => {
    expect(endingOf(error)).toMatchObject({ code, problem: { code: name } });
  });

  it('says each field to mend', () => {
    expect(sayProblem({ ...problem(422, 'x', 'Mend this.'), errors: [{ field: 'hostname', message: 'too long' }] })).toBe('Mend this.\n  hostname: too long');
  });
});
