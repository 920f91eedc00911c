import { normalName } from '../requirement-line.ts';

/** Packages of conda that PyPI knows by another name. */
const ON_PYPI: Readonly<Record<string, string>> = {
  pytorch: 'torch', 'pytorch-cpu': 'torch', 'pytorch-gpu': 'torch', opencv: 'opencv-python-headless', 'py-opencv': 'opencv-python-headless', libopencv: 'opencv-python-headless', 'matplotlib-base': 'matplotlib', pytables: 'tables',
  'python-graphviz': 'graphviz', 'msgpack-python': 'msgpack', 'ruamel-yaml': 'ruamel.yaml', 'py-xgboost': 'xgboost', 'py-xgboost-cpu': 'xgboost', psycopg2: 'psycopg2-binary', pyqt: 'PyQt5', 'tensorflow-base': 'tensorflow',
  'tensorflow-mkl': 'tensorflow', 'tensorflow-eigen': 'tensorflow', 'tensorflow-gpu': 'tensorflow', 'dask-core': 'dask', 'seaborn-base': 'seaborn', 'jupyter-core': 'jupyter-core', 'pillow-simd': 'pillow', 'geopandas-base': 'geopandas',
  'faiss': 'faiss-cpu', 'pyspark-base': 'pyspark', 'snappy-python': 'python-snappy', 'zeromq-python': 'pyzmq', 'python-levenshtein': 'levenshtein', 'fsspec-base': 'fsspec', 'stdlib-list': 'stdlib-list', 'pyside2': 'PySide2', fbprophet: 'prophet', 'sqlite-utils': 'sqlite-utils',
};

/** Programs and libraries that Debian has, by its packages. */
const IN_DEBIAN: Readonly<Record<string, string>> = {
  ffmpeg: 'ffmpeg', graphviz: 'graphviz', poppler: 'poppler-utils', tesseract: 'tesseract-ocr', git: 'git', nodejs: 'nodejs', imagemagick: 'imagemagick', pandoc: 'pandoc', wkhtmltopdf: 'wkhtmltopdf', openjdk: 'default-jre-headless', ghostscript: 'ghostscript',
  libsndfile: 'libsndfile1', portaudio: 'libportaudio2', unixodbc: 'unixodbc', libmagic: 'libmagic1', zbar: 'libzbar0', pango: 'libpango-1.0-0', cairo: 'libcairo2', sox: 'sox', 'libgl': 'libgl1', glib: 'libglib2.0-0', hdf5: 'libhdf5-dev', curl: 'curl', wget: 'wget',
};

/** Parts of conda itself, and libraries that come along with the Python packages that need them. */
const LEFT_OUT = new Set(`pip conda mamba python-abi anaconda cpuonly cudatoolkit cudnn nccl pytorch-cuda pytorch-mutex cuda cuda-toolkit mkl mkl-service mkl-fft mkl-random intel-openmp blas openblas lapack nomkl llvm-openmp tbb
  openssl ca-certificates sqlite tk xz zlib zstd bzip2 ncurses readline ld-impl-linux-64 icu jpeg libjpeg-turbo lz4-c krb5 expat fontconfig freetype gdk-pixbuf giflib gmp lcms2 lerc libarchive pcre pcre2 pixman qt qt-main qt-base gst-plugins-base gstreamer
  proj geos c-ares brotli snappy re2 gflags glog grpc-cpp arrow-cpp aws-c-common aws-sdk-cpp orc thrift-cpp boost-cpp utf8proc tzdata xorg-libxau xorg-libxdmcp xorg-libxext xorg-libx11 yaml zeromq vc vs2015-runtime ucrt menuinst console-shortcut
  m2w64-gcc-libs m2w64-gcc-libgfortran m2w64-gmp m2w64-libwinpthread-git msys2-conda-epoch compilers gcc gxx gxx-linux-64 gcc-linux-64 binutils sysroot-linux-64 kernel-headers-linux-64 dal libxgboost tensorflow-estimator-base`.split(/\s+/));

export type CondaMeaning =
  | { readonly kind: 'pypi'; readonly name: string }
  | { readonly kind: 'debian'; readonly name: string }
  | { readonly kind: 'part' | 'foreign' };

/** What a package of conda is where there is no conda. Most have the same name on PyPI. */
export function meaningOf(condaName: string): CondaMeaning {
  const name = normalName(condaName);
  if (Object.hasOwn(ON_PYPI, name)) return { kind: 'pypi', name: ON_PYPI[name]! };
  if (Object.hasOwn(IN_DEBIAN, name)) return { kind: 'debian', name: IN_DEBIAN[name]! };
  if (LEFT_OUT.has(name) || condaName.startsWith('_') || /^lib(?!sass$|rosa$|cst$|archive-c$|tmux$|clang$|lightgbm$)/.test(name) || /^(xorg|cuda|aws-c|gcc|gxx)-/.test(name)) return { kind: 'part' };
  if (/^(r|perl|lua|julia)(-|$)/.test(name) || name === 'r-base') return { kind: 'foreign' };
  return { kind: 'pypi', name };
}
