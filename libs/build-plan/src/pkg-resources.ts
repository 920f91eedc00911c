/** The last releases of setuptools with `pkg_resources`, which what is older imports without asking for it. */
export const WITH_PKG_RESOURCES = 'setuptools<81';
