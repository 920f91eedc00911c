import { describe, expect, it } from 'vitest';
import { basicPassword, parseGitRequest } from './git-request.ts';

describe('a request to the built-in remote', () => {
  it('names an app, with or without .git, and whether it writes', () => {
    expect(parseGitRequest('GET', '/git/hello.git/info/refs?service=git-upload-pack')).toEqual({ app: 'hello', path: '/info/refs', query: 'service=git-upload-pack', write: false });
    expect(parseGitRequest('GET', '/git/hello/info/refs?service=git-receive-pack')).toMatchObject({ write: true });
    expect(parseGitRequest('POST', '/git/app_01.git/git-receive-pack')).toMatchObject({ app: 'app_01', write: true });
  });

  it.each([
    ['GET', '/git/a.git/info/refs'], ['GET', '/git/a.git/HEAD'], ['GET', '/git/a.git/objects/info/packs'], ['GET', '/git/../b.git/info/refs?service=git-upload-pack'], ['GET', '/git/a%2f..%2fb.git/info/refs?service=git-upload-pack'],
    ['GET', '/git/a.git/info/refs?service=git-upload-pack&x=1'], ['POST', '/git/a.git/info/refs?service=git-upload-pack'], ['GET', '/git/a.git/git-upload-pack'], ['GET', '/git/-a.git/info/refs?service=git-upload-pack'],
  ])('is nothing else: %s %s', (method, url) => {
    expect(parseGitRequest(method, url)).toBeUndefined();
  });

  it("carries its token as Basic authentication's password", () => {
    expect(basicPassword(`Basic ${btoa('anyone:weir_token:x')}`)).toBe('weir_token:x');
    expect(basicPassword(`Basic ${btoa('anyone:')}`)).toBeUndefined();
    expect(basicPassword('Bearer x')).toBeUndefined();
    expect(basicPassword(undefined)).toBeUndefined();
  });
});
