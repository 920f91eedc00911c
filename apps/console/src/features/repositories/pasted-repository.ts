/** What a pasted text says about a repository. */
export interface PastedRepository {
  readonly url: string;
  readonly branch?: string;
  readonly entryFile?: string;
  /** Branch and file in one, where a branch may itself have slashes: {@link splitBranch} parts them once the branches are known. */
  readonly branchAndPath?: string;
}

/**
 * Understands whatever a person copies: a clone URL, a browser's address of a repository,
 * a branch or a `.py` file, `owner/name`, an SSH address, a `git clone` command, a deploy link.
 *
 * Whether such a repository exists, and may be read, only the control plane knows.
 */
export function parsePasted(pasted: string): PastedRepository | undefined {
  const text = pasted.trim().replace(/^git\s+clone\s+/, '').replace(/^<|>$/g, '');
  if (text === '' || /\s/.test(text)) return undefined;
  const ssh = /^(?:ssh:\/\/)?git@([^:/\s]+)[:/](?:\d+\/)?(.+)$/.exec(text);
  if (ssh) return { url: `https://${ssh[1]}/${trimGit(ssh[2] ?? '')}` };
  if (/^[\w.-]+\/[\w.-]+$/.test(text) && !/^[\w-]+\.[\w.-]+\//.test(text)) return { url: `https://github.com/${trimGit(text)}` };
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || (!url.hostname.includes('.') && url.hostname !== 'localhost')) return undefined;
  return fromDeployLink(url) ?? fromBrowserAddress(url);
}

/** Parts "feature/x/app.py" by the branches that exist; the longest that fits wins. */
export function splitBranch(branchAndPath: string, branches: readonly string[]): { branch: string; path: string } {
  const known = branches.filter((branch) => branchAndPath === branch || branchAndPath.startsWith(`${branch}/`)).sort((a, b) => b.length - a.length)[0];
  const branch = known ?? branchAndPath.split('/', 1)[0] ?? '';
  return { branch, path: branchAndPath.slice(branch.length + 1) };
}

const trimGit = (path: string): string => path.replace(/\/+$/, '').replace(/\.git$/, '');

/** `/deploy?repository=…&branch=…&mainModule=…`, as Community Cloud and Weir have it. */
function fromDeployLink(url: URL): PastedRepository | undefined {
  const repository = url.searchParams.get('repository');
  if (!url.pathname.endsWith('/deploy') || repository === null) return undefined;
  const inner = parsePasted(repository);
  const branch = url.searchParams.get('branch');
  const entryFile = url.searchParams.get('mainModule');
  return inner && { ...inner, ...(branch !== null && { branch }), ...(entryFile !== null && { entryFile }) };
}

/** Where a forge puts branch and path into the address of a page. */
const FORGE_PATHS = [
  /^(?<repository>.+?)\/-\/(?:blob|tree|raw)\/(?<rest>.+)$/, // GitLab
  /^(?<repository>\/[^/]+\/[^/]+)\/(?:blob|tree|raw|edit)\/(?<rest>.+)$/, // GitHub
  /^(?<repository>\/[^/]+\/[^/]+)\/(?:src|raw)\/branch\/(?<rest>.+)$/, // Gitea, Forgejo
  /^(?<repository>\/[^/]+\/[^/]+)\/src\/(?<rest>.+)$/, // Bitbucket
];

function fromBrowserAddress(url: URL): PastedRepository | undefined {
  const path = decodedPath(url);
  if (path === undefined) return undefined;
  if (url.hostname === 'raw.githubusercontent.com') {
    const [, owner, name, ...rest] = path.split('/');
    return { url: `https://github.com/${owner}/${name}`, branchAndPath: rest.join('/').replace(/^refs\/heads\//, '') };
  }
  for (const pattern of FORGE_PATHS) {
    const { repository, rest } = pattern.exec(path)?.groups ?? {};
    if (repository !== undefined && rest !== undefined) return { url: `${url.origin}${repository}`, branchAndPath: rest.replace(/\/+$/, '') };
  }
  const clone = path.replace(/\/+$/, '');
  // An address kept as it was given: `.git` and letters' case may matter to a plain Git server.
  return clone === '' ? undefined : { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

function decodedPath(url: URL): string | undefined {
  try {
    return decodeURIComponent(url.pathname);
  } catch (error) {
    if (error instanceof URIError) return undefined; // a lone `%`
    throw error;
  }
}
