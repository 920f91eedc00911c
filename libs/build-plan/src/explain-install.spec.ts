import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { planOf } from './fixtures/plan-of.ts';
import { explainFailure, olderTools, wheellessRelease } from './index.ts';

const SHARED = ['streamlit==1.20.0', 'protobuf == 5.29.0', 'numpy==1.26.4', 'numpy==1.25.0', 'pandsa-does-not-exist-weir', 'psycopg2==2.9.9'].join('\n');
const BESIDE = { 'base.txt': 'numpy==1.21.6\n', 'constraints.txt': 'pandas==1.5.3\n' };
/** What could be chosen instead. */
const PYTHONS = ['3.9', '3.11', '3.13'];

/** What uv really printed for these requirements, and all that is said of it. */
const TABLE: [fixture: string, requirements: string, python: string, code: string, message: string, hint: string, fix?: string][] = [
  ['abi-tag-torch', SHARED, '3.11', 'build.python_mismatch', 'torch==1.10.0 (requirements.txt) is made for Python 3.6, 3.7, 3.8, 3.9 only, and the app runs on 3.11.', "Choose Python 3.9 in the app's settings, or ask for a newer version of torch.", '3.9'],
  ['abi-tag', SHARED, '3.11', 'build.python_mismatch', 'tensorflow==2.10.0 (requirements.txt) is made for Python 3.7, 3.8, 3.9, 3.10 only, and the app runs on 3.11.', "Choose Python 3.9 in the app's settings, or ask for a newer version of tensorflow.", '3.9'],
  ['backports', 'backports.zoneinfo==0.2.1', '3.11', 'build.package_build_failed', 'backports-zoneinfo==0.2.1 (requirements.txt line 1) could not be built from source: lib/zoneinfo_module.c:600:19: error: ‘_PyLong_One’ undeclared (first use in this function); did you mean ‘_PyLong_New’?', 'It probably has no wheel for Python 3.11: ask for a newer version of backports-zoneinfo, or choose an older Python.'],
  ['badtag', 'thing @ git+https://git.example/app.git@v9', '3.11', 'build.git_dependency_failed', 'A dependency of requirements.txt asks for “v9”, which its Git repository does not have: https://git.example/app.git.', 'Correct the branch, tag or commit after the “@”.'],
  ['cffi', 'cffi==1.14.0', '3.11', 'build.package_build_failed', 'cffi==1.14.0 (requirements.txt line 1) could not be built from source: c/_cffi_backend.c:410:23: error: lvalue required as left operand of assignment.', 'It probably has no wheel for Python 3.11: ask for a newer version of cffi, or choose an older Python.'],
  ['compileall', SHARED, '3.11', 'app.syntax_error', 'syn.py line 1: invalid syntax.', 'Correct that line and push again.'],
  ['conda-list', SHARED, '3.11', 'plan.requirements_unreadable', 'bad.txt has a line that cannot be read.', 'Correct the line shown: one package a line, such as “pandas>=2,<3”.'],
  ['conflict-direct', SHARED, '3.11', 'build.resolution_conflict', 'Two demands exclude each other: requirements.txt line 3 asks for numpy==1.26.4, but requirements.txt line 4 asks for numpy==1.25.0.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['conflict-transitive', SHARED, '3.11', 'build.resolution_conflict', 'Two demands exclude each other: streamlit==1.20.0 (requirements.txt line 1) needs protobuf>=3.12,<4, but requirements.txt line 2 asks for protobuf==5.29.0.', 'Loosen the version of protobuf, or of the package that needs another one.'],
  ['conflict-with-marker', SHARED, '3.11', 'build.resolution_conflict', 'Two demands exclude each other: pandas==2.2.3 needs numpy>=1.23.2, but requirements.txt line 3 asks for numpy<1.20.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['constraint', '-c constraints.txt\nstreamlit==1.40.0\npandas>=2.2', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: requirements.txt line 3 asks for pandas>=2.2, but constraints.txt line 1 asks for pandas==1.5.3.', 'Loosen the version of pandas, or of the package that needs another one.'],
  ['deep', 'langchain==0.3.0\nlangchain-core==0.2.0\nopenai==1.0.0', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: langchain==0.3.0 (requirements.txt line 1) needs langchain-core>=0.3.0,<0.4.0, but requirements.txt line 2 asks for langchain-core==0.2.0.', 'Loosen the version of langchain-core, or of the package that needs another one.'],
  ['disk-full', SHARED, '3.11', 'build.disk_full', 'The build ran out of disk space.', 'Remove large packages or files that the app does not need (for PyTorch, the CPU build is far smaller), or ask the operator for more space.'],
  ['dlib', 'dlib==19.24.2', '3.11', 'build.package_build_failed', 'dlib==19.24.2 (requirements.txt line 1) could not be built from source: CMake: Compatibility with CMake < 3.5 has been removed from CMake.', 'It probably has no wheel for Python 3.11: ask for a newer version of dlib, or choose an older Python.'],
  ['extras', 'pandas[excel]==2.2.3\nopenpyxl==3.0.0', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: pandas[excel]==2.2.3 (requirements.txt line 1) needs openpyxl>=3.1.0, but requirements.txt line 2 asks for openpyxl==3.0.0.', 'Loosen the version of openpyxl, or of the package that needs another one.'],
  ['fbprophet', 'fbprophet==0.7.1', '3.11', 'build.package_renamed', 'fbprophet (requirements.txt line 1) is not the package that is meant.', 'Write “prophet” instead.'],
  ['flat-layout', SHARED, '3.11', 'build.package_build_failed', 'The project itself cannot be built: setuptools found several folders and does not know which one is the package.', 'Remove [build-system] from pyproject.toml if the app is not a package, or name the packages under [tool.setuptools].'],
  ['gdal', 'gdal==3.6.2', '3.11', 'build.compiler_missing', 'gdal==3.6.2 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: gdal-config is missing.', 'Add “libgdal-dev” to packages.txt, or ask for a version of gdal that has a wheel.'],
  ['git-not-installed', SHARED, '3.11', 'build.git_dependency_failed', 'A dependency of requirements.txt could not be fetched with Git: https://127.0.0.1:9/x/y.git.', 'Depend on a release from the index, or on an archive of the tag (…/archive/TAG.tar.gz): builds have no Git.'],
  ['git-refused', SHARED, '3.11', 'build.git_dependency_failed', 'A dependency of requirements.txt could not be fetched with Git: https://127.0.0.1:9/x/y.git.', 'Check the URL and the branch or tag; a private repository cannot be reached while building.'],
  ['gradiodeep', 'gradio==3.50.0\npydantic==1.8\nfastapi==0.110.0', '3.11', 'build.resolution_conflict', 'No set of versions meets gradio==3.50.0 (requirements.txt line 1) and pydantic==1.8 (requirements.txt line 2) together.', 'Loosen one of the versions named in the log.'],
  ['h5py', 'h5py==3.6.0', '3.11', 'build.compiler_missing', 'h5py==3.6.0 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: libhdf5.so is missing.', 'Add “libhdf5-dev” to packages.txt, or ask for a version of h5py that has a wheel.'],
  ['hash-mismatch', SHARED, '3.11', 'build.hash_mismatch', 'six==1.16.0 is not the file whose hash requirements.txt gives.', 'Make the file with the hashes anew (for example “uv pip compile --generate-hashes”), or remove the hashes.'],
  ['header-missing', SHARED, '3.11', 'build.compiler_missing', 'python-ldap==3.4.4 (requirements.txt) has no wheel for Python 3.11 and cannot be compiled: lber.h is missing.', 'Add “libldap2-dev libsasl2-dev” to packages.txt, or ask for a version of python-ldap that has a wheel.'],
  ['idx401', '--index-url https://index.example/401/simple\nprivate-thing', '3.11', 'build.index_refused', 'The index https://index.example/401/simple refuses access (401), so “private-thing” (requirements.txt line 2) could not be looked up there.', 'Check the address of the index; one that wants a password needs a token in its address, or a mirror of the operator.'],
  ['idx403', '--extra-index-url https://index.example/403/simple\nprivate-thing', '3.11', 'build.index_refused', 'The index https://index.example/403/simple refuses access (403), so “private-thing” (requirements.txt line 2) could not be looked up there.', 'Check the address of the index; one that wants a password needs a token in its address, or a mirror of the operator.'],
  ['included', '# app\n-r base.txt\npandas==2.2.3', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: pandas==2.2.3 (requirements.txt line 3) needs numpy>=1.23.2, but base.txt line 1 asks for numpy==1.21.6.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['index-name', SHARED, '3.11', 'build.index_unreachable', 'The package index could not be reached: https://nosuch.invalid/simple/numpy/.', 'Deploy again in a moment; if it stays so, ask the operator to check the index, the proxy and the certificates of this installation.'],
  ['index-refused', SHARED, '3.11', 'build.index_unreachable', 'The package index could not be reached: http://127.0.0.1:9/simple/numpy/.', 'Deploy again in a moment; if it stays so, ask the operator to check the index, the proxy and the certificates of this installation.'],
  ['local-file-missing', SHARED, '3.11', 'build.local_package_missing', 'requirements.txt asks for a local package that is not there: file:///croot/certifi_1690232220950/certifi.', 'Paths start at the root of the repository, and the folder needs a pyproject.toml or setup.py; replace paths of your own computer by package names.'],
  ['local-folder-missing', SHARED, '3.11', 'build.local_package_missing', 'requirements.txt asks for a local package that is not there: lib.', 'Paths start at the root of the repository, and the folder needs a pyproject.toml or setup.py; replace paths of your own computer by package names.'],
  ['lock-requires-python', SHARED, '3.11', 'build.python_mismatch', 'The project asks for Python >=3.13, and the app runs on 3.11.', "Choose Python 3.13 in the app's settings, or widen requires-python and lock again.", '3.13'],
  ['loose', 'pandas>=2.2\nnumpy<1.20', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: pandas>=2.2.0 (requirements.txt line 1) needs numpy>=1.23.2, but requirements.txt line 2 asks for numpy<1.20.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['lxml463', 'lxml==4.6.3', '3.11', 'build.python_mismatch', 'lxml==4.6.3 (requirements.txt line 1) is too old for Python 3.11 and cannot be built on it.', "Choose Python 3.9 in the app's settings, or ask for a newer version of lxml.", '3.9'],
  ['marker', 'numpy==1.26.4 ; python_version >= "3.9"\nNumPy==1.25.0', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: requirements.txt line 1 asks for numpy==1.26.4, but requirements.txt line 2 asks for numpy==1.25.0.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['needs312', 'pandas==2.3.0\nnumpy==2.1.0', '3.9', 'build.python_mismatch', 'numpy==2.1.0 (requirements.txt line 2) needs Python >=3.10, and the app runs on 3.9.', "Choose Python 3.11 in the app's settings, or ask for a version of the package that supports 3.9.", '3.11'],
  ['needsmax', 'numba==0.58.1', '3.13', 'build.python_mismatch', 'numba==0.58.1 (requirements.txt line 1) supports only Python >=3.8,<3.12, and the app runs on 3.13.', "Choose Python 3.11 in the app's settings, or ask for a newer version of numba.", '3.11'],
  ['np-distutils', 'numpy==1.23.5', '3.12', 'build.python_mismatch', 'numpy==1.23.5 (requirements.txt line 1) is too old for Python 3.12 and cannot be built on it.', "Choose Python 3.11 in the app's settings, or ask for a newer version of numpy.", '3.11'],
  ['numpy-ccompiler', 'numpy==1.18.5', '3.9', 'build.package_build_failed', "numpy==1.18.5 (requirements.txt line 1) could not be built from source: NameError: name 'CCompiler' is not defined.", 'It is older than today’s tools: ask for a newer version of numpy, or choose an older Python for which it has a wheel.'],
  ['numpyrange', 'numpy>=99', '3.11', 'build.version_not_found', 'There is no numpy>=99 (requirements.txt line 1); the newest is 2.5.5.', 'Ask for “numpy<=2.5.5”, or write “numpy” alone.'],
  ['only-binary', SHARED, '3.11', 'build.wheel_missing', 'numpy==1.19.5 (requirements.txt line 3) has no wheel for this Python, and building it from source is switched off.', "Ask for a newer version of numpy, or choose an older Python in the app's settings."],
  ['package-not-found', SHARED, '3.11', 'build.package_not_found', 'There is no package “pandsa-does-not-exist-weir” (requirements.txt line 5).', 'Check the spelling; the name to install may differ from the name to import. A private package needs its index or Git URL.'],
  ['pandas-old', 'pandas==1.5.3', '3.12', 'build.package_build_failed', "pandas==1.5.3 (requirements.txt line 1) could not be built from source: ModuleNotFoundError: No module named 'pkg_resources'.", 'It is older than today’s tools: ask for a newer version of pandas, or choose an older Python for which it has a wheel.'],
  ['pg-config-missing', SHARED, '3.11', 'build.compiler_missing', 'psycopg2==2.9.9 (requirements.txt line 6) has no wheel for Python 3.11 and cannot be compiled: pg_config is missing.', 'Use “psycopg2-binary” instead of “psycopg2”: it needs no compiler.'],
  ['pkg-config-missing', SHARED, '3.11', 'build.compiler_missing', 'mysqlclient==2.2.4 (requirements.txt) has no wheel for Python 3.11 and cannot be compiled: the library mysqlclient is missing.', 'Add “default-libmysqlclient-dev” to packages.txt, or ask for a version of mysqlclient that has a wheel.'],
  ['pkg-resources', SHARED, '3.11', 'build.package_not_found', 'There is no package “pkg-resources” (requirements.txt).', 'Remove the line “pkg_resources==0.0.0”: some Linux systems add it to “pip freeze” by mistake.'],
  ['prerelease', 'streamlit\ndash-bootstrap-components>=99', '3.11', 'build.version_not_found', 'There is no dash-bootstrap-components>=99 (requirements.txt line 2); the newest is 2.0.5rc4.', 'Ask for a version that exists, or write “dash-bootstrap-components” alone for the newest that fits.'],
  ['project-requires-python', SHARED, '3.11', 'build.python_mismatch', 'x==1 (requirements.txt) needs Python >=3.13, and the app runs on 3.11.', "Choose Python 3.13 in the app's settings, or ask for a version of the package that supports 3.11.", '3.13'],
  ['py-compile', SHARED, '3.11', 'app.syntax_error', 'syn.py line 1: invalid syntax.', 'Correct that line and push again.'],
  ['pyaudio', 'pyaudio==0.2.13', '3.11', 'build.compiler_missing', 'pyaudio==0.2.13 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: portaudio.h is missing.', 'Add “portaudio19-dev” to packages.txt, or ask for a version of pyaudio that has a wheel.'],
  ['pycairo', 'pycairo==1.25.1', '3.11', 'build.compiler_missing', 'pycairo==1.25.1 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library cairo is missing.', 'Add “libcairo2-dev” to packages.txt, or ask for a version of pycairo that has a wheel.'],
  ['pyodbc', 'pyodbc==4.0.34', '3.11', 'build.compiler_missing', 'pyodbc==4.0.34 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: sql.h is missing.', 'Add “unixodbc-dev” to packages.txt, or ask for a version of pyodbc that has a wheel.'],
  ['pywin', 'streamlit\npywin32==306', '3.11', 'build.platform_mismatch', 'pywin32==306 (requirements.txt line 2) exists for Windows only; apps run on Linux.', "Remove it, or write “pywin32==306 ; sys_platform == 'win32'” so that only Windows installs it."],
  ['pyyaml541', 'pyyaml==5.4.1', '3.11', 'build.package_build_failed', "pyyaml==5.4.1 (requirements.txt line 1) could not be built from source: AttributeError: 'build_ext' object has no attribute 'cython_sources'.", 'It probably has no wheel for Python 3.11: ask for a newer version of pyyaml, or choose an older Python.'],
  ['renamed', SHARED, '3.11', 'build.package_renamed', 'sklearn (requirements.txt) is not the package that is meant.', 'Write “scikit-learn” instead.'],
  ['requires-python', SHARED, '3.11', 'build.python_mismatch', 'numpy==2.5.0 (requirements.txt line 3) needs Python >=3.12, and the app runs on 3.11.', "Choose Python 3.13 in the app's settings, or ask for a version of the package that supports 3.11.", '3.13'],
  ['sdist-broken', SHARED, '3.11', 'build.package_build_failed', 'pywinpty==2.0.13 (requirements.txt) could not be built from source: TOML parse error at line 1, column 1.', 'It probably has no wheel for Python 3.11: ask for a newer version of pywinpty, or choose an older Python.'],
  ['setup-refuses-python', SHARED, '3.11', 'build.python_mismatch', 'llvmlite==0.36.0 (needed by numba==0.53.0, requirements.txt) supports only Python >=3.6,<3.10, and the app runs on 3.11.', "Choose Python 3.9 in the app's settings, or ask for a newer version of numba.", '3.9'],
  ['spacy', 'spacy==3.5.0', '3.13', 'build.package_build_failed', 'blis==0.7.11 (needed by spacy==3.5.0, requirements.txt line 1) could not be built from source: Cython.Compiler.Errors.CompileError: blis/py.pyx.', 'It probably has no wheel for Python 3.13: ask for a newer version of spacy, or choose an older Python.'],
  ['streamlit-version', SHARED, '3.11', 'build.version_not_found', 'There is no streamlit==1.99.0 (requirements.txt line 1).', 'Ask for a version that exists, or write “streamlit” alone for the newest that fits.'],
  ['tf311', 'tensorflow==2.11.0\nstreamlit', '3.11', 'build.python_mismatch', 'tensorflow==2.11.0 (requirements.txt line 1) is made for Python 3.7, 3.8, 3.9, 3.10 only, and the app runs on 3.11.', "Choose Python 3.9 in the app's settings, or ask for a newer version of tensorflow.", '3.9'],
  ['tokenizers', 'tokenizers==0.10.3', '3.11', 'build.compiler_missing', 'tokenizers==0.10.3 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: Rust is missing.', 'Add “cargo” to packages.txt, or ask for a version of tokenizers that has a wheel.'],
  ['toml', '-e ./pkg', '3.11', 'plan.requirements_unreadable', 'A pyproject.toml that the installation reads cannot be read: TOML parse error at line 1, column 9.', 'Correct the line shown.'],
  ['torchcpu', 'torch==2.1.0+cpu', '3.11', 'build.version_not_found', 'There is no torch==2.1.0+cpu (requirements.txt line 1).', 'Write “torch==2.1.0”: versions with a “+” are not on the index.'],
  ['two-transitive', 'streamlit==1.20.0\ngrpcio-status==1.70.0', '3.11', 'build.resolution_conflict', 'Two demands exclude each other: streamlit==1.20.0 (requirements.txt line 1) needs protobuf>=3.12,<4, but grpcio-status==1.70.0 (requirements.txt line 2) needs protobuf>=5.26.1,<6.0.dev0.', 'Loosen the version of protobuf, or of the package that needs another one.'],
  ['typo', 'streamlit\nscikit-lern==1.0', '3.11', 'build.package_not_found', 'There is no package “scikit-lern” (requirements.txt line 2).', 'Did you mean “scikit-learn”?'],
  ['url-404', SHARED, '3.11', 'build.download_failed', 'The address https://files.pythonhosted.org/nope/six-1.0-py3-none-any.whl answered 404 Not Found.', 'Check the URL in the dependency file; a private address needs a token that builds do not have.'],
  ['version-beyond-newest', SHARED, '3.11', 'build.version_not_found', 'There is no streamlit>=2 (requirements.txt line 1); the newest is 1.67.0.', 'Ask for “streamlit<=1.67.0”, or write “streamlit” alone.'],
  ['version-not-found', SHARED, '3.11', 'build.version_not_found', 'There is no numpy==99.1.0 (requirements.txt line 3).', 'Ask for a version that exists, or write “numpy” alone for the newest that fits.'],
  ['constraint-held', 'pandas==2.2.3\nnumpy<1.22', '3.9', 'build.resolution_conflict', 'Two demands exclude each other: pandas==2.2.3 (requirements.txt line 1) needs numpy>=1.22.4, but requirements.txt line 2 asks for numpy<1.22.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['xmlsec', 'xmlsec==1.3.13', '3.11', 'build.compiler_missing', 'xmlsec==1.3.13 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library xmlsec1 is missing.', 'Add “libxmlsec1-dev” to packages.txt, or ask for a version of xmlsec that has a wheel.'],
  ['pycairo-meson', 'pygobject==3.48.2', '3.11', 'build.compiler_missing', 'pycairo==1.29.2 (needed by pygobject==3.48.2, requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library cairo is missing.', 'Add “libcairo2-dev” to packages.txt, or ask for a version of pycairo that has a wheel.'],
  ['dlib-cmake', 'dlib==19.24.6', '3.11', 'build.compiler_missing', 'dlib==19.24.6 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: CMake is missing.', 'Add “cmake” to packages.txt, or ask for a version of dlib that has a wheel.'],
  ['nameless', 'six==1.16.0\n./old', '3.11', 'build.package_build_failed', 'A package of the repository (requirements.txt) could not be built from source: ModuleNotFoundError: No module named \'pkg_resources\'.', 'It is older than today’s tools: ask for a newer version of it, or choose an older Python for which it has a wheel.'],
  ['netcdf4', 'netCDF4==1.5.8', '3.11', 'build.compiler_missing', 'netcdf4==1.5.8 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library HDF5 is missing.', 'Add “libhdf5-dev” to packages.txt, or ask for a version of netcdf4 that has a wheel.'],
  ['wxpython', 'wxPython==4.2.1', '3.11', 'build.compiler_missing', 'wxpython==4.2.1 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library GTK+ is missing.', 'Add “libgtk-3-dev” to packages.txt, or ask for a version of wxpython that has a wheel.'],
  ['sip', 'PyQt5-sip==12.9.0', '3.11', 'build.python_mismatch', 'pyqt5-sip==12.9.0 (requirements.txt line 1) is too old for Python 3.11 and cannot be built on it.', "Choose Python 3.9 in the app's settings, or ask for a newer version of pyqt5-sip.", '3.9'],
  ['sklearn-313', 'scikit-learn==0.24.2', '3.13', 'build.python_mismatch', 'scikit-learn==0.24.2 (requirements.txt line 1) is too old for Python 3.13 and cannot be built on it.', "Choose Python 3.11 in the app's settings, or ask for a newer version of scikit-learn.", '3.11'],
  ['mpi4py', 'mpi4py==3.1.4', '3.11', 'build.package_build_failed', "mpi4py==3.1.4 (requirements.txt line 1) could not be built from source: TypeError: new_compiler() got an unexpected keyword argument 'dry_run'.", 'It probably has no wheel for Python 3.11: ask for a newer version of mpi4py, or choose an older Python.'],
  ['dbus', 'dbus-python==1.3.2', '3.11', 'build.compiler_missing', 'dbus-python==1.3.2 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: the library dbus-1 is missing.', 'Add “libdbus-1-dev” to packages.txt, or ask for a version of dbus-python that has a wheel.'],
  ['tensorflow-gpu', 'tensorflow-gpu==2.12.0', '3.11', 'build.package_renamed', 'tensorflow-gpu (requirements.txt line 1) is not the package that is meant.', 'Write “tensorflow” instead.'],
  ['windows-only', SHARED, '3.11', 'build.platform_mismatch', 'pywin32==306 (requirements.txt) exists for Windows only; apps run on Linux.', "Remove it, or write “pywin32==306 ; sys_platform == 'win32'” so that only Windows installs it."],
];

describe('a failed installation', () => {
  it.each(TABLE)('is explained: %s', (name, requirements, python, code, message, hint, fix) => {
    const plan = planOf({ 'requirements.txt': requirements, ...BESIDE }, python);
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture(`uv/${name}`), plan, pythons: PYTHONS });
    expect(failure).toEqual({ code, phase: 'environment', message, hint, excerpt: expect.any(String), ...(fix !== undefined && { fix: { setting: 'python', value: fix } }) });
    expect(failure.excerpt?.length).toBeGreaterThan(10);
    expect(failure.excerpt?.length).toBeLessThanOrEqual(4000);
  });

  it.each([
    ['find-links-name', 'wheels.example.invalid', 'streamlit\n--find-links https://wheels.example.invalid/large', 'requirements.txt line 2 needs wheels.example.invalid, which the build could not reach: the name has no address.'],
    ['git-name', 'git.example.invalid', '# https://git.example.invalid\ntiny @ git+https://git.example.invalid/a/tiny.git@0123abc', 'requirements.txt line 2 needs git.example.invalid, which the build could not reach: the name has no address.'],
  ])('names the host that the repository asks for and the build did not reach: %s', (name, host, requirements, message) => {
    const facts = { phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture(`uv/${name}`), plan: planOf({ 'requirements.txt': requirements }, '3.11') } as const;
    expect(explainFailure({ ...facts, denied: [{ host: 'elsewhere.invalid', why: 'it is closed' }, { host, why: 'it cannot be reached (ENOTFOUND)' }] })).toMatchObject({ code: 'build.host_unreachable', message, hint: expect.stringContaining(`may reach ${host}`) });
    expect(explainFailure({ ...facts, denied: [{ host: 'elsewhere.invalid', why: 'it is closed' }] }).code).not.toBe('build.host_unreachable');
    expect(explainFailure({ ...facts, plan: planOf({ 'requirements.txt': 'streamlit' }, '3.11'), denied: [{ host, why: 'the name has no address' }] }).code).not.toBe('build.host_unreachable');
  });

  it.each([
    ['uv.lock', { 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = ["six"]\n', 'uv.lock': 'version = 1\nrequires-python = ">=3.11"\n\n[[package]]\nname = "six"\nversion = "1.17.0"\nsource = { registry = "https://pypi.org/simple" }\n' }],
    ['requirements.txt', { 'requirements.txt': '-i https://pypi.org/simple\nsix\n' }],
  ])('says that the public index is away, though %s names it', (_, files) => {
    const log = ['error: Failed to fetch: `https://pypi.org/simple/six/`', '  Caused by: tunnel error: unsuccessful'];
    const denied = [{ host: 'pypi.org', why: 'it cannot be reached (ETIMEDOUT)' }];
    expect(explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log, plan: planOf(files, '3.11'), denied })).toMatchObject({ code: 'build.index_unreachable', hint: expect.stringContaining('Deploy again') });
  });

  it('names the lines of a pyproject.toml too', () => {
    const plan = planOf({ 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = [\n  "pandas[excel] ==2.2.3",\n  "openpyxl==3.0.0",\n]\n' }, '3.11');
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture('uv/conflict-in-project'), plan });
    expect(failure.message).toBe('Two demands exclude each other: pandas[excel]==2.2.3 (pyproject.toml line 5) needs openpyxl>=3.1.0, but pyproject.toml line 6 asks for openpyxl==3.0.0.');
  });

  it('takes no keyword of a project for what it asks for', () => {
    const plan = planOf({ 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\nkeywords = [\n  "nosuch",\n  "art"]\ndescription = "nosuch"\ndependencies = ["nosuch"]\n' }, '3.11');
    const log = ['error: No solution found when resolving dependencies', '  cause: Because nosuch was not found in the package registry and you require nosuch, we can conclude that your requirements are unsatisfiable.'];
    expect(explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log, plan }).message).toBe('There is no package “nosuch” (pyproject.toml line 8).');
  });

  it('says which of the two the platform has added', () => {
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture('uv/conflict-with-added'), plan: planOf({ 'requirements.txt': 'packaging==16.0' }, '3.11') });
    expect(failure.message).toBe('Two demands exclude each other: streamlit>=1.30.0 (which the platform adds) needs packaging>=16.8, but requirements.txt line 1 asks for packaging==16.0.');
  });

  it.each([
    ['numpy-ccompiler', 'numpy==1.18.5', '3.9', { pythons: [], newer: '1.19.3' }, 'It has a wheel for no Python that is available here: ask for “numpy>=1.19.3”, the first with a wheel for Python 3.9.', undefined],
    ['pyyaml541', 'pyyaml==5.4.1', '3.11', { pythons: ['3.9'], newer: '6.0' }, "Choose Python 3.9 in the app's settings, for which it has a wheel, or ask for “pyyaml>=6.0”, the first with a wheel for Python 3.11.", '3.9'],
    ['h5py', 'h5py==3.6.0', '3.11', { pythons: ['3.9', '3.10'], newer: undefined }, "Choose Python 3.10 in the app's settings, for which it has a wheel, or ask for a newer version of h5py. Or add “libhdf5-dev” to packages.txt.", '3.10'],
    ['sklearn-313', 'scikit-learn==0.24.2', '3.13', { pythons: ['3.9'], newer: '1.5.2' }, "Choose Python 3.9 in the app's settings, for which it has a wheel, or ask for “scikit-learn>=1.5.2”, the first with a wheel for Python 3.13.", '3.9'],
    ['xmlsec', 'xmlsec==1.3.13', '3.11', { pythons: [], newer: '1.3.14' }, 'It has a wheel for no Python that is available here: ask for “xmlsec>=1.3.14”, the first with a wheel for Python 3.11. Or add “libxmlsec1-dev” to packages.txt.', undefined],
    ['spacy', 'spacy==3.5.0', '3.13', { pythons: ['3.11'], newer: '1.3.0' }, "Choose Python 3.11 in the app's settings, for which it has a wheel, or ask for a newer version of spacy.", '3.11'],
    ['tf311', 'tensorflow==2.11.0', '3.11', { pythons: ['3.9', '3.10'], newer: '2.12.0' }, "Choose Python 3.10 in the app's settings, for which it has a wheel, or ask for “tensorflow>=2.12.0”, the first with a wheel for Python 3.11.", '3.10'],
    ['pyaudio', 'pyaudio==0.2.13', '3.11', { pythons: [], newer: undefined }, 'Add “portaudio19-dev” to packages.txt, or ask for a version of pyaudio that has a wheel.', undefined],
  ])('advises what the index has a wheel for: %s', (name, requirements, python, wheels, hint, fix) => {
    const plan = planOf({ 'requirements.txt': requirements }, python);
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture(`uv/${name}`), plan, pythons: ['3.9', '3.10', '3.11', '3.13'], wheels });
    expect([failure.hint, failure.fix?.value]).toEqual([hint, fix]);
    expect(failure.message).toMatch(new RegExp(`no wheel for Python ${python} and c|is made for Python|is too old for Python ${python}`));
  });

  it('names the package that brings one along which is made for other Pythons, and advises no version of the latter', () => {
    const log = ['error: No solution found when resolving dependencies', '  cause: Because catboost==0.20.2 has no wheels with a matching Python ABI tag (e.g., `cp311`) and pycaret==1.0.0 depends on catboost==0.20.2, we can conclude that pycaret==1.0.0 cannot be used.', '         And because you require pycaret==1.0.0, we can conclude that your requirements are unsatisfiable.'];
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log, plan: planOf({ 'requirements.txt': 'streamlit\npycaret==1.0.0\n' }, '3.11'), pythons: PYTHONS, wheels: { pythons: [], newer: '1.2' } });
    expect(failure).toMatchObject({ message: 'catboost==0.20.2 (needed by pycaret==1.0.0, requirements.txt line 2) is made for other Pythons only, and the app runs on 3.11.', hint: 'No Python that is available here suits it: ask for a newer version of pycaret.' });
  });

  it.each([['numpy-ccompiler', 'numpy', '1.18.5'], ['tf311', 'tensorflow', '2.11.0'], ['conflict-direct', undefined, undefined]])('knows the release that has no wheel: %s', (log, name, version) => {
    expect(wheellessRelease(fixture(`uv/${log}`))).toEqual(name === undefined ? undefined : { name, version });
  });

  it('offers no Python that is not there', () => {
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture('uv/tf311'), plan: planOf({ 'requirements.txt': 'tensorflow==2.11.0' }, '3.11'), pythons: ['3.11', '3.13'] });
    expect(failure).toMatchObject({ code: 'build.python_mismatch', hint: 'No Python that is available here suits it: ask for a newer version of tensorflow.' });
    expect(failure.fix).toBeUndefined();
  });

  it.each([['pandas-old', 'setuptools<81'], ['pyyaml541', 'cython<3'], ['mpi4py', 'setuptools<81'], ['spacy', 'cython<3'], ['backports', undefined]])('can be tried again with older build tools where those are why: %s', (name, constraint) => {
    const failure = explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log: fixture(`uv/${name}`), plan: planOf({}, '3.11') });
    expect(olderTools(failure.message)?.constraint).toBe(constraint);
  });

  it.each([['pandsa', 'pandas'], ['numppy', 'numpy'], ['streamlt', 'streamlit'], ['cv2', 'opencv-python-headless'], ['bs4', 'beautifulsoup4'], ['sk-learn', 'scikit-learn'], ['matplotib', 'matplotlib']])('guesses that %s was meant to be %s', (name, meant) => {
    const log = ['error: No solution found when resolving dependencies', `  cause: Because ${name} was not found in the package registry and you require ${name}, we can conclude that your requirements are unsatisfiable.`];
    expect(explainFailure({ phase: 'environment', exitCode: 1, signal: null, oom: false, timedOut: false, log, plan: null }).hint).toBe(`Did you mean “${meant}”?`);
  });
});
