import type { Failure } from '@weir/domain';

/** setuptools had pkg_resources until then, and sources of that time import it while they are built. */
const WITH_PKG_RESOURCES = 'setuptools<81';

/** What the tools that build a package from its source have to be held to, so that it can be built after all; `undefined` where they are not why it failed. */
export function olderTools({ code, message }: Failure): { readonly constraint: string; readonly note: string } | undefined {
  if (code !== 'build.package_build_failed' || !message.includes("No module named 'pkg_resources'")) return undefined;
  return { constraint: WITH_PKG_RESOURCES, note: `Built again with ${WITH_PKG_RESOURCES}, because a package imports pkg_resources while it is built.` };
}
