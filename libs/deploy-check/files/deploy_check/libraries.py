"""What is known of libraries: which calls load, connect, ask a visitor, or show something."""

import re

PANDAS = "csv excel parquet json sql sql_query sql_table feather html pickle hdf fwf stata sas spss xml table orc gbq".split()

POLARS = "csv excel parquet json ipc delta database avro ndjson".split()

REQUESTS = {"requests.get", "httpx.get", "urllib.request.urlopen", "urllib.request.urlretrieve"}

LOADERS = REQUESTS | {f"pandas.read_{kind}" for kind in PANDAS} | {f"polars.read_{kind}" for kind in POLARS} | set(
    """geopandas.read_file xarray.open_dataset yfinance.download pickle.load joblib.load torch.load openpyxl.load_workbook seaborn.load_dataset tensorflow.keras.models.load_model
    keras.models.load_model keras.saving.load_model tensorflow.saved_model.load transformers.pipeline sentence_transformers.SentenceTransformer spacy.load whisper.load_model numpy.load numpy.loadtxt
    numpy.genfromtxt scipy.io.loadmat geopandas.read_parquet torch.hub.load datasets.load_dataset faiss.read_index gensim.downloader.load easyocr.Reader ultralytics.YOLO pandas_datareader.data.DataReader""".split()
)

MODELS = re.compile(r"^(?:transformers|diffusers|sentence_transformers)\.\w+\.from_pretrained$|^sklearn\.datasets\.fetch_\w+$")

CONNECTORS = set(
    """sqlalchemy.create_engine psycopg.connect psycopg2.connect psycopg_pool.ConnectionPool psycopg2.pool.SimpleConnectionPool psycopg2.pool.ThreadedConnectionPool pymysql.connect MySQLdb.connect
    mysql.connector.connect pymongo.MongoClient redis.Redis redis.StrictRedis redis.from_url redis.Redis.from_url redis.ConnectionPool sqlite3.connect duckdb.connect snowflake.connector.connect pyodbc.connect
    pymssql.connect oracledb.connect cx_Oracle.connect google.cloud.bigquery.Client google.cloud.firestore.Client elasticsearch.Elasticsearch neo4j.GraphDatabase.driver clickhouse_connect.get_client
    trino.dbapi.connect databricks.sql.connect psycopg.AsyncConnection.connect psycopg_pool.AsyncConnectionPool asyncpg.connect asyncpg.create_pool sqlalchemy.ext.asyncio.create_async_engine
    sqlalchemy.engine.create_engine sqlmodel.create_engine motor.motor_asyncio.AsyncIOMotorClient pymongo.AsyncMongoClient pymongo.mongo_client.MongoClient redis.asyncio.Redis redis.asyncio.from_url
    redis.asyncio.Redis.from_url aiomysql.connect aiomysql.create_pool mysql.connector.pooling.MySQLConnectionPool cassandra.cluster.Cluster pika.BlockingConnection kafka.KafkaProducer kafka.KafkaConsumer
    confluent_kafka.Producer opensearchpy.OpenSearch redshift_connector.connect vertica_python.connect teradatasql.connect ibm_db.connect hdbcli.dbapi.connect pyhive.hive.connect impala.dbapi.connect
    influxdb_client.InfluxDBClient valkey.Valkey""".split()
)

WAITING = {"smtplib.SMTP", "smtplib.SMTP_SSL", "ftplib.FTP", "ftplib.FTP_TLS", "http.client.HTTPConnection", "http.client.HTTPSConnection", "socket.create_connection"}


# Leaving their `with` does not close these.
STAYS_OPEN = {"psycopg2.connect", "sqlalchemy.create_engine", "pyodbc.connect"}

SERVERS = re.compile(r"^(sqlalchemy|psycopg2?|pymysql|MySQLdb|mysql|snowflake|pyodbc|pymssql|oracledb|cx_Oracle|trino|databricks|clickhouse_connect)\b")

EVENTS = {"button", "form_submit_button", "file_uploader", "camera_input", "chat_input", "audio_input", "download_button"}

# What `from streamlit import *` gives and a rule knows by its name.
STARRED = [*EVENTS, *"session_state user experimental_user query_params context secrets cache cache_data cache_resource experimental_memo experimental_singleton set_page_config fragment dialog Page stop rerun".split()]

VERBS = {"get", "post", "put", "patch", "delete", "head", "options", "request"}

# What may come before `set_page_config`: it shows nothing.
SILENT = re.compile(r"^streamlit\.(set_page_config|cache\w*|experimental_(memo|singleton|get_query_params|set_query_params|user|rerun)|session_state|secrets|query_params|context|fragment|dialog|set_option|get_option|connection|Page|navigation|column_config|runtime|errors|user|stop|rerun|switch_page|components|delta_generator|web|elements|source_util|proto|logger|config|testing|version|typing|string_util)\b")
