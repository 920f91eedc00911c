import { nearestNames } from './nearest-names.ts';
import { normalName } from './requirement-line.ts';

/** Imports whose package has another name on the index. */
const PACKAGE_OF: Record<string, string> = {
  cv2: 'opencv-python-headless', sklearn: 'scikit-learn', skimage: 'scikit-image', PIL: 'Pillow', yaml: 'PyYAML', bs4: 'beautifulsoup4', dotenv: 'python-dotenv',
  dateutil: 'python-dateutil', docx: 'python-docx', pptx: 'python-pptx', fitz: 'PyMuPDF', serial: 'pyserial', usb: 'pyusb', Crypto: 'pycryptodome', jwt: 'PyJWT', jose: 'python-jose',
  git: 'GitPython', github: 'PyGithub', gitlab: 'python-gitlab', telegram: 'python-telegram-bot', discord: 'discord.py', slugify: 'python-slugify', magic: 'python-magic', Levenshtein: 'python-Levenshtein',
  psycopg2: 'psycopg2-binary', MySQLdb: 'mysqlclient', mysql: 'mysql-connector-python', pymssql: 'pymssql', ldap: 'python-ldap', OpenSSL: 'pyOpenSSL', zmq: 'pyzmq', attr: 'attrs', pkg_resources: 'setuptools',
  openpyxl: 'openpyxl', xlsxwriter: 'XlsxWriter', wx: 'wxPython', gi: 'PyGObject', faiss: 'faiss-cpu', umap: 'umap-learn', hdbscan: 'hdbscan', imblearn: 'imbalanced-learn', mpl_toolkits: 'matplotlib',
  prophet: 'prophet', fbprophet: 'prophet', tensorflow_hub: 'tensorflow-hub', sentence_transformers: 'sentence-transformers', langchain_community: 'langchain-community', langchain_openai: 'langchain-openai',
  google_auth_oauthlib: 'google-auth-oauthlib', googleapiclient: 'google-api-python-client', gspread_dataframe: 'gspread-dataframe', snowflake: 'snowflake-connector-python', databricks: 'databricks-sql-connector',
  streamlit_option_menu: 'streamlit-option-menu', st_aggrid: 'streamlit-aggrid', streamlit_folium: 'streamlit-folium', streamlit_lottie: 'streamlit-lottie', streamlit_authenticator: 'streamlit-authenticator', streamlit_extras: 'streamlit-extras',
  streamlit_chat: 'streamlit-chat', streamlit_autorefresh: 'streamlit-autorefresh', streamlit_pandas_profiling: 'streamlit-pandas-profiling', streamlit_drawable_canvas: 'streamlit-drawable-canvas', streamlit_gsheets: 'st-gsheets-connection',
  extra_streamlit_components: 'extra-streamlit-components', pydeck: 'pydeck', geopy: 'geopy', rtree: 'Rtree', osgeo: 'GDAL', shapefile: 'pyshp', ee: 'earthengine-api', geemap: 'geemap', tf_keras: 'tf-keras', toml: 'toml',
  rest_framework: 'djangorestframework', markdown: 'Markdown', jinja2: 'Jinja2', flask: 'Flask', sqlalchemy: 'SQLAlchemy', lxml: 'lxml', nacl: 'PyNaCl', pywintypes: 'pywin32', win32com: 'pywin32', pdfminer: 'pdfminer.six', speech_recognition: 'SpeechRecognition',
  surprise: 'scikit-surprise', Bio: 'biopython', kafka: 'kafka-python', talib: 'TA-Lib', binance: 'python-binance', telebot: 'pyTelegramBotAPI', ffmpeg: 'ffmpeg-python', newspaper: 'newspaper3k', vertexai: 'google-cloud-aiplatform', gtts: 'gTTS', pypdf2: 'PyPDF2', st_pages: 'st-pages',
  streamlit_cookies_manager: 'streamlit-cookies-manager', ydata_profiling: 'ydata-profiling', pandas_profiling: 'ydata-profiling', duckduckgo_search: 'duckduckgo-search', psycopg: 'psycopg[binary]', pycountry: 'pycountry', wordcloud: 'wordcloud',
};

/** Namespace packages: the second part decides. */
const NAMESPACED: Record<string, string> = {
  'google.cloud': 'google-cloud-core', 'google.generativeai': 'google-generativeai', 'google.genai': 'google-genai', 'google.oauth2': 'google-auth', 'google.auth': 'google-auth', 'google.protobuf': 'protobuf', 'snowflake.snowpark': 'snowflake-snowpark-python', 'ruamel.yaml': 'ruamel.yaml',
};

/** Folders that several packages share: no package is called so. */
export const isNamespace = (module: string): boolean => /^(google(\.cloud)?|azure(\.\w+)?|databricks|mpl_toolkits|mysql|ruamel|snowflake)$/.test(module);

/** Whose packages are named like their folders: `azure.storage.blob` is in azure-storage-blob. */
const NAMED_ALIKE = /^(?:azure\.identity|azure(?:\.[a-z]\w*){1,2}|google\.cloud\.[a-z]\w*)/;

/** The package to install for an import such as `cv2` or `google.cloud.bigquery`; usually its own first part. */
export function packageFor(module: string): string {
  const alike = NAMED_ALIKE.exec(module)?.[0];
  if (alike !== undefined) return alike.replace(/[._]/g, '-');
  const parts = module.split('.');
  for (let n = parts.length; n > 1; n--) {
    const named = NAMESPACED[parts.slice(0, n).join('.')];
    if (named !== undefined) return named;
  }
  const first = parts[0] ?? module;
  return Object.hasOwn(PACKAGE_OF, first) ? PACKAGE_OF[first]! : first.replaceAll('_', '-');
}

const OWN = new Set('utils util helpers helper src lib libs app config settings common core modules module components component pages views models functions tools services api scripts constants data database db charts plots'.split(' '));

/** Names that people give their own files; the index has packages of these names too, which nobody means. */
export const isOwnName = (module: string): boolean => OWN.has(module.split('.')[0] ?? module);

const NO_SCREEN = 'Remove it: apps run on a server, where there is no screen for windows.';
const WINDOWS = 'Remove it: it exists on Windows only, and apps run on Linux.';
/** Modules that no package brings here, and what to do about them. */
const ELSEWHERE = new Map([
  ...['tkinter', '_tkinter', 'turtle'].map((name) => [name, NO_SCREEN] as const),
  ...['winsound', 'msvcrt', 'winreg', 'win32com', 'win32api', 'win32gui', 'pythoncom', 'pywintypes'].map((name) => [name, WINDOWS] as const),
  ['google.colab', 'Remove it: it exists in Google Colab only.'],
]);

/** What to do about a module that no package brings here. */
export const nowhere = (module: string): string | undefined => ELSEWHERE.get(module.split('.', 2).join('.')) ?? ELSEWHERE.get(module.split('.')[0] ?? '');

/** Much-used packages of data apps, to recognise a misspelling of one. */
const POPULAR = `streamlit pandas numpy matplotlib plotly altair seaborn scikit-learn scipy requests openpyxl pillow beautifulsoup4 lxml sqlalchemy psycopg2-binary pymysql pyyaml python-dotenv
  tensorflow keras torch torchvision transformers sentence-transformers openai anthropic langchain langchain-community langchain-openai chromadb faiss-cpu tiktoken nltk spacy gensim wordcloud textblob networkx statsmodels
  xgboost lightgbm catboost prophet shap joblib tqdm bokeh folium streamlit-folium streamlit-aggrid streamlit-option-menu geopandas shapely pydeck pyarrow polars duckdb boto3 google-cloud-bigquery gspread snowflake-connector-python
  opencv-python opencv-python-headless scikit-image imageio moviepy pydub librosa yfinance ta pandas-ta alpaca-py ccxt fastapi uvicorn flask pydantic httpx aiohttp jinja2 pymongo redis psutil rich tabulate xlsxwriter python-docx
  python-pptx pypdf pypdf2 pdfplumber pymupdf reportlab fpdf2 qrcode cryptography pyjwt bcrypt pytz python-dateutil toml tomli setuptools wheel protobuf graphviz pyvis squarify kaleido umap-learn imbalanced-learn umap hdbscan`.split(/\s+/);

const KNOWN = new Set([...POPULAR, ...Object.values(PACKAGE_OF).map(normalName)]);

/** Whether it is certain which package a module comes from, and which module a package gives. */
export const isWellKnown = (name: string): boolean => KNOWN.has(normalName(packageFor(name))) || KNOWN.has(normalName(name));

/** Names of packages that are asked for by mistake, and what was meant. */
const MEANT = new Map(Object.entries({ cv2: 'opencv-python-headless', pil: 'pillow', bs4: 'beautifulsoup4', yaml: 'pyyaml', dotenv: 'python-dotenv', opencv: 'opencv-python-headless', 'python-opencv': 'opencv-python-headless', fitz: 'pymupdf', 'sk-learn': 'scikit-learn', scikit: 'scikit-learn' }));

/** Packages that go on under another name and can no longer be built under the old one. */
const SUCCESSORS = new Map(Object.entries({ sklearn: 'scikit-learn', fbprophet: 'prophet', 'opencv-headless': 'opencv-python-headless', 'pdfminer': 'pdfminer.six', 'pycrypto': 'pycryptodome', 'pyqt4': 'PyQt5', 'tensorflow-gpu': 'tensorflow', pytorch: 'torch', skimage: 'scikit-image', beautifulsoup: 'beautifulsoup4', 'mysql-python': 'mysqlclient', faiss: 'faiss-cpu' }));
export const successorOf = (name: string): string | undefined => SUCCESSORS.get(normalName(name));

/** Modules of the standard library that people list as packages. */
const STANDARD = new Set('os sys re io json csv math time datetime random pathlib typing collections itertools functools sqlite3 uuid hashlib base64 logging subprocess threading urllib glob shutil pickle tempfile string statistics tkinter asyncio warnings copy enum abc argparse ast bisect calendar codecs collections concurrent configparser contextlib ctypes dataclasses decimal difflib email fractions getpass gzip heapq html http importlib inspect locale math multiprocessing operator platform pprint queue secrets signal smtplib socket ssl struct tarfile textwrap time timeit traceback types unicodedata unittest webbrowser xml zipfile zoneinfo'.split(' '));

/** What to do about a package that the index does not have. */
export function adviceFor(name: string): string {
  const wanted = normalName(name);
  if (wanted === 'pkg-resources') return 'Remove the line “pkg_resources==0.0.0”: some Linux systems add it to “pip freeze” by mistake.';
  if (STANDARD.has(wanted)) return `Remove the line: ${wanted} is part of Python itself.`;
  const nearest = MEANT.get(wanted) ?? successorOf(wanted) ?? nearestNames(wanted, POPULAR, 1)[0];
  const whole = wanted.split('-')[0] ?? '';
  if (nearest === undefined && whole !== wanted && whole !== 'streamlit' && KNOWN.has(whole)) return `If the module of “${whole}” is meant, remove the line: “${whole}” brings its modules.`;
  return nearest === undefined || nearest === wanted ? 'Check the spelling; the name to install may differ from the name to import. A private package needs its index or Git URL.' : `Did you mean “${nearest}”?`;
}
