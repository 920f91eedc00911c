/** Debian packages that bring a header, a tool or a library, by a pattern of its name. */
const HEADERS: readonly (readonly [pattern: RegExp, packages: string])[] = [
  [/^(lber|ldap)\.h$/, 'libldap2-dev libsasl2-dev'],
  [/cgraph\.h$/, 'libgraphviz-dev'],
  [/^(libxml|libxslt)\/|^(xml2|xslt)-config$|^libxml2$|^libxslt$/, 'libxml2-dev libxslt1-dev'],
  [/^ffi\.h$|^libffi$/, 'libffi-dev'],
  [/^openssl(\/|$)/, 'libssl-dev'],
  [/^portaudio\.h$/, 'portaudio19-dev'],
  [/^sndfile\.h$/, 'libsndfile1-dev'],
  [/^(sql|sqlext)\.h$/, 'unixodbc-dev'],
  [/^geos(_c\.h|-config$)/, 'libgeos-dev'],
  [/^(proj|proj_api)\.h$|^proj$/, 'libproj-dev'],
  [/^(gdal|cpl_).*\.h$|^gdal-config$/, 'libgdal-dev'],
  [/^snappy.*\.h$/, 'libsnappy-dev'],
  [/^hdf5(\.h)?$|^libhdf5/, 'libhdf5-dev'],
  [/^cairo/, 'libcairo2-dev'],
  [/^jpeglib\.h$/, 'libjpeg-dev'],
  [/^zlib(\.h)?$/, 'zlib1g-dev'],
  [/^(mysql|mariadb)/, 'default-libmysqlclient-dev'],
  [/^(libpq|pg_config)/, 'libpq-dev'],
  [/^krb5|^gssapi/, 'libkrb5-dev'],
  [/^sasl/, 'libsasl2-dev'],
  [/^tesseract|^leptonica|^lept$/, 'libtesseract-dev libleptonica-dev'],
  [/^xmlsec/, 'libxmlsec1-dev'],
  [/^curl(\/|-config$)/, 'libcurl4-openssl-dev'],
  [/^mpicc$|^mpi\.h$/, 'libopenmpi-dev'],
  [/^(gobject-introspection|girepository)/, 'libgirepository1.0-dev'],
  [/^(libav|ffmpeg)/, 'libavformat-dev libavcodec-dev libavdevice-dev libavutil-dev libswscale-dev'],
  [/^(rust|rustc|cargo)$/i, 'cargo'],
  [/^cmake$/i, 'cmake'],
  [/^swig$/, 'swig'],
  [/^gfortran$/, 'gfortran'],
];

const LIBRARIES: readonly (readonly [pattern: RegExp, packages: string])[] = [
  [/^libGL\.so/, 'libgl1'],
  [/^libgthread|^libglib/, 'libglib2.0-0'],
  [/^libSM\.so/, 'libsm6'],
  [/^libXext\.so/, 'libxext6'],
  [/^libXrender\.so/, 'libxrender1'],
  [/^libgomp\.so/, 'libgomp1'],
  [/^libpq\.so/, 'libpq5'],
  [/^libodbc\.so/, 'unixodbc'],
  [/^libhdf5/, 'libhdf5-dev'],
  [/^libasound/, 'libasound2'],
  [/^libGLU/, 'libglu1-mesa'],
  [/^libEGL/, 'libegl1'],
  [/^libX11\.so/, 'libx11-6'],
  [/^libxcb\.so/, 'libxcb1'],
  [/^libGLESv2/, 'libgles2'],
  [/^libgdk_pixbuf/, 'libgdk-pixbuf-2.0-0'],
  [/^libgobject/, 'libglib2.0-0'],
  [/^libsndfile\.so/, 'libsndfile1'],
  [/^libpango/, 'libpango-1.0-0 libpangoft2-1.0-0'],
  [/^libcairo/, 'libcairo2'],
  [/^libmagic\.so/, 'libmagic1'],
  [/^libzbar\.so/, 'libzbar0'],
  [/^libportaudio\.so/, 'libportaudio2'],
  [/^libtesseract/, 'tesseract-ocr'],
  [/^libnss3|^libnspr/, 'libnss3'],
];

const lookUp = (table: typeof HEADERS, name: string): string | undefined => table.find(([pattern]) => pattern.test(name))?.[1];

/** apt packages for a missing header or tool. */
export const packagesForHeader = (name: string): string | undefined => lookUp(HEADERS, name);
/** apt packages for a missing shared library such as `libGL.so.1`. */
export const packagesForLibrary = (name: string): string | undefined => lookUp(LIBRARIES, name);
