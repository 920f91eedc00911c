const TRIPLET = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/**
 * Lets compilers and build tools use Debian packages that are unpacked in `folder` instead of installed:
 * their headers, libraries, pkg-config files and programs.
 */
export function compilingWith(folder: string): Record<string, string> {
  const libraries = [`${folder}/usr/lib/${TRIPLET}`, `${folder}/usr/lib`, `${folder}/lib/${TRIPLET}`].join(':');
  return {
    CPATH: [`${folder}/usr/include`, `${folder}/usr/include/${TRIPLET}`].join(':'),
    LIBRARY_PATH: libraries,
    LD_LIBRARY_PATH: libraries,
    PKG_CONFIG_PATH: [`${folder}/usr/lib/${TRIPLET}/pkgconfig`, `${folder}/usr/share/pkgconfig`, `${folder}/usr/lib/pkgconfig`].join(':'),
    PKG_CONFIG_SYSROOT_DIR: folder,
    PATH: `/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:${folder}/usr/bin`,
  };
}
