const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** What installing Streamlit brings, by normalised names. */
export const COMES_ALONG: readonly string[] = words(`streamlit altair blinker cachetools click gitpython gitdb smmap jinja2 jsonschema markdown-it-py markupsafe narwhals numpy packaging pandas pillow
  protobuf pyarrow pydeck pygments python-dateutil pytz tzdata requests urllib3 certifi idna charset-normalizer rich six tenacity toml tornado typing-extensions watchdog attrs referencing`);

/** Modules that many packages bring along: that nothing asks for them by name says little. */
export const OFTEN_INDIRECT: ReadonlySet<string> = new Set(words(`numpy pandas requests yaml pydantic PIL scipy joblib matplotlib mpl_toolkits httpx tqdm bs4 dotenv jinja2 sqlalchemy aiohttp rich torch transformers psutil
  sklearn networkx shapely geopandas lxml tiktoken tabulate toml dateutil pytz protobuf google googleapiclient openai langchain langchain_community markdown nltk cv2 plotly imageio branca attr pkg_resources setuptools tensorflow keras pyarrow cryptography
  folium ee ipyleaflet branca fiona pyproj rasterio xarray bokeh`));

/** Packages that are used without being imported: engines and drivers that others look for, what stored models are made of, servers, build tools, constraints. */
export const IMPLICIT: ReadonlySet<string> = new Set(words(`streamlit pyarrow openpyxl xlrd lxml html5lib psycopg2 psycopg2-binary pymysql mysqlclient mysql-connector-python tabulate kaleido watchdog gunicorn uvicorn
  xlsxwriter setuptools wheel protobuf numpy pandas altair pillow jinja2 sqlalchemy snowflake-connector-python statsmodels scipy scikit-learn matplotlib tiktoken faiss-cpu torch torchvision torchaudio tensorflow keras
  accelerate transformers sentence-transformers chromadb cryptography certifi pyjwt toml tomli pyyaml markdown python-dateutil pytz requests cachetools pydeck psutil python-dotenv rtree gdal joblib
  databricks-sql-connector google-auth google-auth-oauthlib google-cloud-core geopandas shapely pydantic aiohttp httpx graphviz langchain langchain-community lightgbm xgboost catboost python-magic nltk tqdm rich authlib openai anthropic pypdf plotly streamlit-folium attrs boto3 gitpython`));

/** Other packages that give the same module. */
export const SAME: Readonly<Record<string, readonly string[]>> = {
  cv2: ['opencv-python', 'opencv-contrib-python', 'opencv-contrib-python-headless'],
  psycopg2: ['psycopg2'],
  faiss: ['faiss-gpu'],
  docx: ['python-docx', 'docx'],
  Crypto: ['pycrypto'],
  fitz: ['pymupdf'],
  jwt: ['jwt'],
  magic: ['python-magic-bin'],
  mysql: ['mysql-connector'],
  MySQLdb: ['pymysql'],
  tensorflow: ['tensorflow-cpu', 'tensorflow-intel'],
  keras: ['tensorflow', 'tensorflow-cpu'],
  Levenshtein: ['levenshtein'],
  prophet: ['fbprophet'],
  umap: ['umap-learn'],
  pypdf: ['pypdf2'],
  PyPDF2: ['pypdf2'],
  snowflake: ['snowflake-snowpark-python'],
};
