import { normalName } from '../requirement-line.ts';

/** Packages of conda that PyPI knows by another name. */
const ON_PYPI: Readonly<Record<string, string>> = {
  pytorch: 'torch', 'pytorch-cpu': 'torch', 'pytorch-gpu': 'torch', 'tensorflow-base': 'tensorflow', 'tensorflow-mkl': 'tensorflow', 'tensorflow-eigen': 'tensorflow', 'tensorflow-gpu': 'tensorflow',
  opencv: 'opencv-python-headless', 'py-opencv': 'opencv-python-headless', libopencv: 'opencv-python-headless', 'matplotlib-base': 'matplotlib', 'seaborn-base': 'seaborn', 'geopandas-base': 'geopandas', 'dask-core': 'dask',
  'numpy-base': 'numpy', pytables: 'tables', 'py-xgboost': 'xgboost', 'py-xgboost-cpu': 'xgboost', faiss: 'faiss-cpu', fbprophet: 'prophet', pyqt: 'PyQt5', pyside2: 'PySide2', psycopg2: 'psycopg2-binary',
  'python-graphviz': 'graphviz', 'python-levenshtein': 'levenshtein', 'python-tzdata': 'tzdata', 'python-fastjsonschema': 'fastjsonschema', 'python-flatbuffers': 'flatbuffers', 'brotli-python': 'brotli', 'msgpack-python': 'msgpack', 'ruamel-yaml': 'ruamel.yaml',
};

/** Programs and libraries that Debian has, by its packages. */
const IN_DEBIAN: Readonly<Record<string, string>> = {
  ffmpeg: 'ffmpeg', graphviz: 'graphviz', poppler: 'poppler-utils', tesseract: 'tesseract-ocr', git: 'git', nodejs: 'nodejs', imagemagick: 'imagemagick', pandoc: 'pandoc', openjdk: 'default-jre-headless', ghostscript: 'ghostscript', sox: 'sox',
  libsndfile: 'libsndfile1', portaudio: 'libportaudio2', unixodbc: 'unixodbc', libmagic: 'libmagic1', zbar: 'libzbar0',
};

/** Parts of conda itself, and libraries that come along with the Python packages that need them. */
const LEFT_OUT = new Set(`pip conda mamba anaconda python-abi pybind11-abi cpuonly cudatoolkit cudnn nccl pytorch-cuda pytorch-mutex cuda mkl mkl-service mkl-fft mkl-random intel-openmp blas openblas lapack arpack nomkl llvm-openmp tbb dal
  openssl ca-certificates sqlite tk xz zlib zstd bzip2 blosc c-blosc2 lzo lz4-c snappy brotli ncurses readline ld-impl-linux-64 icu gettext krb5 keyutils expat attr yaml zeromq tzdata utf8proc c-ares re2 gflags glog gmp mpfr mpc isl
  jpeg openjpeg libjpeg-turbo giflib lcms2 lerc fontconfig freetype pixman cairo pango glib glib-tools harfbuzz graphite2 fribidi gdk-pixbuf gobject-introspection gtk2 gtk3 qt qt-main qt-base gst-plugins-base gstreamer dbus nspr nss alsa-lib
  aom dav1d svt-av1 x264 x265 openh264 lame gnutls nettle pcre pcre2 curl hdf4 hdf5 netcdf4-base proj geos poppler-data mysql mysql-libs mysql-common abseil-cpp grpc-cpp arrow-cpp aws-sdk-cpp orc thrift-cpp boost-cpp eigen
  vc vs2015-runtime ucrt menuinst console-shortcut m2w64-gcc-libs m2w64-gcc-libgfortran m2w64-gmp m2w64-libwinpthread-git msys2-conda-epoch compilers gcc gxx binutils sysroot-linux-64 kernel-headers-linux-64`.split(/\s+/));
const LEFT_OUT_FAMILIES = /^(lib(?!rosa$|sass$|cst$|pysal$|tmux$|clang$)|xorg-|xcb-|cuda-|aws-c-|gcc-|gxx-|binutils-)/;

const NOT_PYTHON = /^(r|perl|lua|julia)(-|$)/;

export interface CondaMeaning {
  /** Which of the two has it, or why neither does: it is a `part` of conda or of other packages, or `foreign` to Python. */
  readonly kind: 'pypi' | 'debian' | 'part' | 'foreign';
  /** Its name there. */
  readonly name: string;
}

/** What a package of conda is where there is no conda. Most have the same name on PyPI. */
export function meaningOf(condaName: string): CondaMeaning {
  const name = normalName(condaName);
  if (Object.hasOwn(ON_PYPI, name)) return { kind: 'pypi', name: ON_PYPI[name]! };
  if (Object.hasOwn(IN_DEBIAN, name)) return { kind: 'debian', name: IN_DEBIAN[name]! };
  if (LEFT_OUT.has(name) || LEFT_OUT_FAMILIES.test(name) || condaName.startsWith('_')) return { kind: 'part', name };
  return { kind: NOT_PYTHON.test(name) ? 'foreign' : 'pypi', name };
}
