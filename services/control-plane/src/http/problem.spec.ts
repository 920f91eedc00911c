import { Conflict, Invalid, NotFound, Unauthenticated } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { InvalidRequest } from './invalid-request.ts';
import { problemOf } from './problem.ts';

describe('a problem', () => {
  it('has one status for each kind of error', () => {
    const statuses = [new Invalid('a.b', 'x'), new NotFound('app', 'x'), new Conflict('a.b', 'x'), new Unauthenticated()].map((error) => problemOf(error).status);
    expect(statuses).toEqual([422, 404, 409, 401]);
  });

  it('names the fields at fault', () => {
    expect(problemOf(new Invalid('a.b', 'No.', 'name')).errors).toEqual([{ field: 'name', message: 'No.' }]);
    expect(problemOf(new InvalidRequest([{ field: 'a', message: 'b' }])).errors).toEqual([{ field: 'a', message: 'b' }]);
  });

  it('shows no detail of an error that nobody expected', () => {
    for (const error of [new Error('canary'), 'canary', { status: 200, message: 'canary' }, null, new TypeError('canary', { cause: new Error('canary') })]) {
      expect(problemOf(error)).toMatchObject({ status: 500, code: 'internal' });
      expect(JSON.stringify(problemOf(error))).not.toContain('canary');
    }
  });

  it('says that the database is away, however deep the error says so', () => {
    expect(problemOf(new Error('x', { cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }) }))).toMatchObject({ status: 503, code: 'database.unavailable' });
  });
});
