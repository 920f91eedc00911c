import type { Route, RouteInstance } from '@weir/contracts';
import { valueOf } from '../request/values-of.ts';

/** Streamlit's own files, whose names carry a hash of their content. A query would be another file each time. */
const HASHED = /^\/static\/[^?]+$/;

/**
 * The name under which a framework's own file may be kept; `undefined` for all else.
 *
 * It is a release's: another app may have changed its copy of the framework, and its bytes are nobody else's.
 */
export function assetKey({ framework }: Pick<Route, 'framework'>, { release }: Pick<RouteInstance, 'release'>, target: string): string | undefined {
  return framework.name === 'streamlit' && HASHED.test(target) ? `${release} ${target}` : undefined;
}

/** Streamlit answers any path that it lacks with its page, which an old tab would take for a script. */
export function isPageForAsset(asset: string | undefined, status: number, headers: readonly string[]): boolean {
  return asset !== undefined && status === 200 && (valueOf(headers, 'content-type') ?? '').toLowerCase().startsWith('text/html');
}
