import { profileOf, type Framework } from '@weir/domain';

const HOST_CONFIG = '/_stcore/host-config';

/** Files that belong to a page that is open, also when a frame of it loads them as a document. */
const PARTS = /^\/(?:_stcore|component|media|static|app\/static)\//;

/** Files that only the page's own process or release has: made in its memory, or named by a content that changed. */
const OWN_PARTS = /^\/(?:component|media|static|_stcore\/bidi-components)\//;

export const isStreamlit = ({ name }: Framework): boolean => name === 'streamlit';

/** Whether it is the page in which an app runs: a file of Streamlit's, whatever the query. */
export const isShell = (target: string): boolean => target === '/' || target.startsWith('/?');

export const isPagePart = (path: string): boolean => PARTS.test(path);

export const isOwnPart = (path: string): boolean => OWN_PARTS.test(path);

/** Whether it is asked by whom a page may be told what to do, which versions before 1.28 did not ask. */
export const asksHostConfig = (framework: Framework, path: string): boolean =>
  path === HOST_CONFIG && isStreamlit(framework) && profileOf(framework).polls.includes(HOST_CONFIG);

/** Whether an answer means that the file is not there: Streamlit answers a missing asset with its document. */
export const isMissing = (path: string, status: number, contentType: string | undefined): boolean =>
  status === 404 || (status === 200 && path.startsWith('/static/') && (contentType?.startsWith('text/html') ?? false));
