/** Debian packages that bring a header, a tool or a library, by a pattern of its name. */
const HEADERS: readonly (readonly [pattern: RegExp, packages: string])[] = [
  [/^Python\.h$/, 'python3-dev build-essential'],
  [/^(lber|ldap)\.h$/, 'libldap2-dev libsasl2-dev'],
  [/cgraph\.h$/, 'libgraphviz-dev'],
  [/^(libxml|libxslt)\//, 'libxml2-dev libxslt1-dev'],
  [/^ffi\.h$/, 'libffi-dev'],
  [/^openssl\//, 'libssl-dev'],
  [/^portaudio\.h$/, 'portaudio19-dev'],
  [/^sndfile\.h$/, 'libsndfile1-dev'],
  [/^(sql|sqlext)\.h$/, 'unixodbc-dev'],
  [/^geos_c\.h$/, 'libgeos-dev'],
  [/^(proj|proj_api)\.h$/, 'libproj-dev'],
  [/^(gdal|cpl_).*\.h$/, 'libgdal-dev'],
  [/^snappy.*\.h$/, 'libsnappy-dev'],
  [/^hdf5\.h$/, 'libhdf5-dev'],
  [/^cairo.*\.h$/, 'libcairo2-dev'],
  [/^jpeglib\.h$/, 'libjpeg-dev'],
  [/^zlib\.h$/, 'zlib1g-dev'],
  [/^(mysql|mariadb)/, 'default-libmysqlclient-dev pkg-config'],
  [/^(libpq-fe|pg_config)/, 'libpq-dev'],
  [/^krb5|^gssapi/, 'libkrb5-dev'],
  [/^sasl/, 'libsasl2-dev'],
  [/^tesseract|^leptonica/, 'libtesseract-dev libleptonica-dev'],
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
