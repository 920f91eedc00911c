"""Looks for faults in a data app's source without importing or running any of it. Python 3.9, standard library.

    python3 -I deploy_check.py < JSON-LINES

The first line is {"entry", "framework", "paths"}: the script to serve and every path of the repository. Each
other line is {"path", "source" (base64)}. One JSON document is written: {"findings", "imports", "skipped", "broken"}.
A finding is {"rule", "path", "line", "subject"}; no value of a secret is ever in it. The file system is not touched.
"""

import ast
import base64
import json
import math
import os
import re
import sys
import time
import warnings

MOST_BYTES = 64 * 2**20
MOST_FILE_BYTES = 1024 * 1024
MOST_PARSED_BYTES = 8 * 2**20  # a tree takes a hundred times its source
MOST_FINDINGS = 200
MOST_SUBJECT = 200
MOST_SECONDS = 8.0
MOST_DEPTH = 6

# ── secrets ───────────────────────────────────────────────────────────────────

# Kind, a mark that each text with such a key has, and the key's form. Most texts have no mark, and no form is tried on them.
KEYS = [
    ("an AWS access key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    *[("a GitHub token", f"gh{sort}_", rf"gh{sort}_[A-Za-z0-9]{{36}}") for sort in "pousr"],
    ("a GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("a GitLab token", "glpat-", r"glpat-[A-Za-z0-9_-]{20,64}"),
    ("a Slack token", "xox", r"xox[abprs]-[0-9A-Za-z-]{20,250}"),
    ("a Slack webhook", "hooks.slack.com", r"https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}"),
    ("a Stripe live key", "k_live_", r"[sr]k_live_[0-9A-Za-z]{24,250}"),
    ("a Google API key", "AIza", r"AIza[0-9A-Za-z_-]{35}"),
    ("a Google OAuth client secret", "GOCSPX-", r"GOCSPX-[0-9A-Za-z_-]{28}"),
    ("an OpenAI key", "T3BlbkFJ", r"sk-[A-Za-z0-9_-]{16,120}T3BlbkFJ[A-Za-z0-9_-]{16,120}"),
    ("an OpenAI key", "sk-", r"sk-[A-Za-z0-9]{48}"),
    ("an Anthropic key", "sk-ant-", r"sk-ant-[a-z]{3,6}[0-9]{2}-[A-Za-z0-9_-]{80,120}"),
    ("a Hugging Face token", "hf_", r"hf_[A-Za-z]{34}"),
    ("a Groq key", "gsk_", r"gsk_[A-Za-z0-9]{52}"),
    ("a Replicate token", "r8_", r"r8_[A-Za-z0-9]{37}"),
    ("a SendGrid key", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("a Databricks token", "dapi", r"dapi[0-9a-f]{32}"),
    ("a DigitalOcean token", "dop_v1_", r"dop_v1_[0-9a-f]{64}"),
    ("a PyPI token", "pypi-", r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,250}"),
    ("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    ("a Telegram bot token", ":AA", r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    ("an Azure storage key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/]{86}(?===)"),
]
FORMS = [(kind, mark, re.compile(rf"(?<![0-9A-Za-z_]){form}(?![0-9A-Za-z_])")) for kind, mark, form in KEYS]
# What of a key may be shown, where all of its kind begin so.
MOST_SHOWN = 4

PRIVATE_KEY = re.compile(r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\n|\s|\"|')*([A-Za-z0-9+/=]{40,80})")
DATABASE_URL = re.compile(r"\b(postgres|postgresql|mysql|mariadb|mongodb|rediss?|mssql|oracle|amqps?|clickhouse|snowflake)(?:\+[a-z0-9_]+)?://([^\s:/@\"'`{}<>$%]{1,80}):([^\s:/@\"'`<>{}$]{4,120})@([A-Za-z0-9.-]{1,200})")
NAMED = re.compile(
    r"(?i)(?:^|[\s\"'\[{(,.])([\w-]{0,40}(?:secret|token|passw(?:or)?d|pwd|api_?key|api-key|private_?key|access_?key|auth_?key|account_?key|encryption_?key)[\w-]{0,20})[\"']?\]?[ \t]{0,8}(?::[ \t]{0,8}str[ \t]{0,8})?[:=][ \t]{0,8}"
    r"(?:[\"']([^\"'\s]{20,200})[\"']|([^\"'\s,#]{20,200})[ \t]{0,8}(?:#.*)?$)",
    re.MULTILINE,
)
NOT_SECRET = re.compile(r"(?i)public|publishable|anon|hash|sha\d|md5|digest|checksum|_id$|url|uri|path|file|name|type|field|label|tokenizer|tokens$|key_?word")
PLACEHOLDER = re.compile(r"(?i)x{4}|\*{3}|\.{3}|…|changeme|change_me|example|placeholder|your|dummy|sample|replace|insert|redacted|fake|todo|secret_here|012345|123456|abcdef|(.)\1{5}")
WEAK_PASSWORDS = {"password", "passwd", "pass", "secret", "postgres", "root", "admin", "user", "test", "guest", "mysql", "redis", "mongo", "docker", "pwd", "hunter2", "mypassword", "dbpassword"}
LOCAL_HOST = re.compile(r"^(localhost|127\.|0\.0\.0\.0|[^.]+$)|(^|\.)(example\.(com|org|net)|test|local|localhost|internal|invalid)$")

SAMPLE_FOLDER = re.compile(r"(^|/)(docs?|tests?|testing|__tests__|examples?|samples?|fixtures?|cassettes|templates?|node_modules|site-packages|\.?venv|\.git)/", re.IGNORECASE)
SAMPLE_NAME = re.compile(r"(^|/)(test_[^/]*|[^/]*_test\.py|conftest\.py|readme[^/]*|changelog[^/]*|[^/]*\.(md|rst|ipynb|lock|example|sample|template|tmpl|dist|svg|csv|tsv)|[^/]*[.-](example|sample|template)\.[^/]*|package-lock\.json)$", re.IGNORECASE)
CONFIG = re.compile(r"(^|/)(\.env[^/]*|[^/]*\.(toml|ya?ml|json|ini|cfg|conf|properties|env|sh|pem|key))$")


def entropy(text):
    counts = [text.count(letter) for letter in set(text)]
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def is_random(value):
    """Whether a value was drawn, not written: a high bar, since a wrong answer stops a deployment."""
    if re.fullmatch(r"[0-9a-f]{32,128}|[0-9A-F]{32,128}", value):
        return entropy(value) >= 3.1
    if not re.fullmatch(r"[A-Za-z0-9+/_=-]{24,200}", value) or sum(c.isdigit() for c in value) < 3:
        return False
    sort = [0 if c.islower() else 1 if c.isupper() else 2 if c.isdigit() else 3 for c in value]
    changes = sum(a != b for a, b in zip(sort, sort[1:]))
    return {0, 1, 2} <= set(sort) and entropy(value) >= 4.0 and changes >= 0.4 * len(value)


def find_secrets(path, text):
    """(offset, subject) of each credential in a text."""
    for kind, mark, form in FORMS:
        for match in form.finditer(text) if mark in text else ():
            if not PLACEHOLDER.search(match[0]) and len(set(match[0])) >= 10:
                yield match.start(), f"{kind} ({mark[:MOST_SHOWN]}…)" if match[0].startswith(mark) else kind
    if "PRIVATE KEY-----" in text:
        for match in PRIVATE_KEY.finditer(text):
            if not PLACEHOLDER.search(match[1]) and len(set(match[1])) >= 12:
                yield match.start(), "a private key"
    if "://" in text:
        for match in DATABASE_URL.finditer(text):
            scheme, user, password, host = match.groups()
            word = re.sub(r"[\W\d_]", "", password).lower()
            if not (PLACEHOLDER.search(password) or PLACEHOLDER.search(host) or word in WEAK_PASSWORDS or password == user or LOCAL_HOST.search(host)):
                yield match.start(), f"a {scheme} URL with a password"
    for match in NAMED.finditer(text):
        name, quoted, bare = match.groups()
        value = quoted or (bare if CONFIG.search(path) else "")
        if value and not NOT_SECRET.search(name) and not PLACEHOLDER.search(value) and is_random(value):
            yield match.start(1), f"the value of “{name[:40]}”"
        elif value.startswith("eyJ") and claims(value).get("role") == "service_role":
            yield match.start(1), "a Supabase service key"


def claims(token):
    """What a JSON Web Token says, or nothing."""
    part = token.split(".")[1:2]
    try:
        said = json.loads(base64.urlsafe_b64decode(part[0] + "=" * (-len(part[0]) % 4))) if part else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


# ── what is known of libraries ────────────────────────────────────────────────

PANDAS = "csv excel parquet json sql sql_query sql_table feather html pickle hdf fwf stata sas spss xml table orc gbq".split()
POLARS = "csv excel parquet json ipc delta database avro ndjson".split()
REQUESTS = {"requests.get", "httpx.get", "urllib.request.urlopen", "urllib.request.urlretrieve"}
LOADERS = REQUESTS | {f"pandas.read_{kind}" for kind in PANDAS} | {f"polars.read_{kind}" for kind in POLARS} | set(
    """geopandas.read_file xarray.open_dataset yfinance.download pickle.load joblib.load torch.load openpyxl.load_workbook seaborn.load_dataset tensorflow.keras.models.load_model
    keras.models.load_model transformers.pipeline sentence_transformers.SentenceTransformer spacy.load whisper.load_model""".split()
)
MODELS = re.compile(r"^transformers\.\w+\.from_pretrained$|^sklearn\.datasets\.fetch_\w+$")
CONNECTORS = set(
    """sqlalchemy.create_engine psycopg.connect psycopg2.connect psycopg_pool.ConnectionPool psycopg2.pool.SimpleConnectionPool psycopg2.pool.ThreadedConnectionPool pymysql.connect MySQLdb.connect
    mysql.connector.connect pymongo.MongoClient redis.Redis redis.StrictRedis redis.from_url redis.Redis.from_url redis.ConnectionPool sqlite3.connect duckdb.connect snowflake.connector.connect pyodbc.connect
    pymssql.connect oracledb.connect cx_Oracle.connect google.cloud.bigquery.Client google.cloud.firestore.Client elasticsearch.Elasticsearch neo4j.GraphDatabase.driver clickhouse_connect.get_client
    trino.dbapi.connect databricks.sql.connect""".split()
)
# Leaving their `with` does not close these.
STAYS_OPEN = {"psycopg2.connect", "sqlalchemy.create_engine", "pyodbc.connect"}
# Parameters of these names hold what the caller has opened.
OPENED = re.compile(r"(?i)(^|_)(file(_?like|_?obj(ect)?)?|buf(fer)?|stream|upload\w*|fh|fp|bytes|data|content)$")
SERVERS = re.compile(r"^(sqlalchemy|psycopg2?|pymysql|MySQLdb|mysql|snowflake|pyodbc|pymssql|oracledb|cx_Oracle|trino|databricks|clickhouse_connect)\b")
EVENTS = {"button", "form_submit_button", "file_uploader", "camera_input", "chat_input", "audio_input", "download_button"}
VERBS = {"get", "post", "put", "patch", "delete", "head", "options", "request"}
# What may come before `set_page_config`: it shows nothing.
SILENT = re.compile(r"^streamlit\.(set_page_config|cache\w*|experimental_(memo|singleton|get_query_params|set_query_params|user|rerun)|session_state|secrets|query_params|context|fragment|dialog|set_option|get_option|connection|Page|navigation|column_config|runtime|errors|user|stop|rerun|switch_page|components|delta_generator|web|elements|source_util|proto|logger|config|testing|version|typing|string_util)\b")
SLEEP_SECONDS = 10
TEMPORARY = re.compile(r"(?i)^/(tmp|dev|var/tmp|run)/|te?mp|cache|upload|download|output|export|\.(html|png|jpe?g|svg|pdf|wav|mp[34]|gif|zip)$")
PER_USER = ("streamlit.session_state", "streamlit.user", "streamlit.experimental_user", "streamlit.context", "streamlit.query_params", "streamlit.experimental_get_query_params")


# ── one file, read ────────────────────────────────────────────────────────────


def standard_modules():
    if sys.version_info >= (3, 10):
        return set(sys.stdlib_module_names)
    return set(sys.builtin_module_names) | {name.split(".")[0] for name in os.listdir(os.path.dirname(os.__file__))} | {"_", "math", "array", "zlib", "select", "unicodedata"}


class Module:
    """A parsed file: what its names mean, its functions, its constant strings."""

    def __init__(self, path, tree):
        self.path, self.tree = path, tree
        self.names, self.functions, self.constants, self.imports = {}, {}, {}, []
        self.closed, self.results = set(), {}
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions[node.name] = node
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self.constants[node.targets[0].id] = node.value
        self.read(tree, needed=True)
        self.nodes = list(ast.walk(tree))

    def read(self, node, needed):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    self.names[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
                    self.imports.append((alias.name, child.lineno, needed))
            elif isinstance(child, ast.ImportFrom):
                start = "." * child.level + (child.module or "")
                for alias in child.names:
                    self.names[alias.asname or alias.name] = f"{start}{'' if start.endswith('.') or not start else '.'}{alias.name}"
                if child.level:
                    self.imports.extend((f"{start}{'' if start.endswith('.') else '.'}{alias.name}", child.lineno, needed) for alias in child.names)
                else:
                    self.imports.extend((f"{start}.{alias.name}", child.lineno, needed) for alias in child.names)
            elif isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in ("close", "dispose", "disconnect") and isinstance(child.func.value, ast.Name):
                self.closed.add(child.func.value.id)
            elif isinstance(child, ast.Assign) and isinstance(child.value, ast.Call):
                for target in child.targets:
                    if isinstance(target, ast.Name):
                        self.results.setdefault(last_name(child.value.func), set()).add(target.id)
            elif isinstance(child, (ast.With, ast.AsyncWith)):
                for call in (node for item in child.items for node in ast.walk(item.context_expr) if isinstance(node, ast.Call)):
                    self.results.setdefault(last_name(call.func), set()).add("with")
            optional = isinstance(child, (ast.Try, ast.FunctionDef, ast.AsyncFunctionDef, ast.If))
            self.read(child, needed and not optional)

    def dotted(self, node):
        """What an expression names, by the library's own name: `pandas.read_csv` for `pd.read_csv`."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.names.get(node.id, node.id), *reversed(parts)])

    def called(self, call):
        return self.dotted(call.func)

    def is_cached(self, function):
        for decorator in function.decorator_list:
            named = decorator.func if isinstance(decorator, ast.Call) else decorator
            if re.search(r"cache|memo|singleton", self.dotted(named), re.IGNORECASE):
                return True
        return False

    def decorator(self, function, name):
        for decorator in function.decorator_list:
            named = decorator.func if isinstance(decorator, ast.Call) else decorator
            if self.dotted(named).split(".")[-1].replace("experimental_", "") == name:
                return decorator
        return None

    def text(self, node, depth=0):
        """The string an expression is, as far as the source says it; folders made from `__file__` are left out."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if depth > 5:
            return None
        if isinstance(node, ast.Name):
            return self.text(self.constants[node.id], depth + 1) if node.id in self.constants else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            right, left = self.text(node.right, depth + 1), self.text(node.left, depth + 1)
            if left is None and any(re.search(r"te?mp|cache", name, re.IGNORECASE) for name in names_in(node.left)):
                left = "tmp"
            return right if left is None else right and f"{left}/{right}"
        if isinstance(node, ast.Call) and self.called(node) in ("pathlib.Path", "os.path.join", "str") and node.args:
            parts = [self.text(arg, depth + 1) for arg in node.args]
            return None if parts[-1] is None else "/".join(part for part in parts if part)
        return None


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def state_key(module, node):
    """`x` for `st.session_state.x` and `st.session_state["x"]`."""
    if isinstance(node, ast.Attribute) and module.dotted(node.value) == "streamlit.session_state":
        return node.attr
    if isinstance(node, ast.Subscript) and module.dotted(node.value) == "streamlit.session_state":
        index = getattr(node.slice, "value", node.slice) if type(node.slice).__name__ == "Index" else node.slice
        return index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else None
    return None


def names_in(node):
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}


def is_initial(node):
    """A value that says nothing yet: a constant, or an empty or constant collection."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return all(is_initial(item) for item in node.elts)
    if isinstance(node, ast.Dict):
        return all(key is not None and is_initial(key) for key in node.keys) and all(is_initial(value) for value in node.values)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("list", "dict", "set") and not node.args and not node.keywords


# ── what a rerun executes ─────────────────────────────────────────────────────


class Scope:
    """One function's, or the script's, names while it is followed."""

    def __init__(self, module, body, function=None, given=frozenset(), parameters=()):
        self.module, self.body, self.function, self.functions, self.parameters = module, body, function, {}, parameters
        self.given = set(given)  # hold what a visitor just gave: an upload, a click


class Rerun:
    """Follows a script the way Streamlit runs it: from the top, on each interaction, into the functions it calls."""

    def __init__(self, repository, script):
        self.repository, self.script = repository, script
        self.followed, self.shown, self.resets = set(), None, []

    def follow(self):
        self.block(Scope(self.script, self.script.tree.body), self.script.tree.body, conditional=False, depth=0)

    def block(self, scope, statements, conditional, depth):
        """Follows statements until the rest runs only after an event. @returns whether the block ends what it is in"""
        for statement in statements:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                scope.functions[statement.name] = statement
            elif isinstance(statement, ast.ClassDef):
                continue
            elif isinstance(statement, ast.If):
                if self.branch(scope, statement, conditional, depth):
                    return True
                if ends(scope.module, statement.body) and not is_main(statement.test):
                    conditional = True  # what follows is not always reached
            elif isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
                self.expressions(scope, statement, conditional, depth)
                return True
            elif self.plain(scope, statement, conditional, depth):
                return True
        return False

    def plain(self, scope, statement, conditional, depth):
        """@returns whether everything after it runs only after an event"""
        self.expressions(scope, statement, conditional, depth)
        if isinstance(statement, (ast.For, ast.AsyncFor)):
            self.learn(scope, [statement.target], statement.iter)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            for item in statement.items:
                if item.optional_vars is not None:
                    self.learn(scope, [item.optional_vars], item.context_expr)
        if isinstance(statement, ast.Assign):
            self.learn(scope, statement.targets, statement.value)
            self.reset(scope, statement, conditional)
        loops = isinstance(statement, (ast.For, ast.AsyncFor, ast.While))
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list) and inner and isinstance(inner[0], ast.stmt):
                ended = self.block(scope, inner, conditional or loops or isinstance(statement, ast.Try), depth)
                if ended and isinstance(statement, (ast.With, ast.AsyncWith)):
                    return True
        # What handles an exception is not what each run does.
        for case in getattr(statement, "cases", []):
            self.block(scope, case.body, True, depth)
        return False

    def branch(self, scope, statement, conditional, depth):
        """@returns whether everything after it runs only after an event"""
        self.expressions(scope, statement.test, conditional, depth)
        if is_main(statement.test):
            self.block(scope, statement.body, conditional, depth)
            return False
        event = True if is_absent(statement.test) else self.event(scope, statement.test)
        for wanted, body in ((True, statement.body), (False, statement.orelse)):
            if event != wanted and not (self.mentions_state(scope.module, statement.test) and stores_state(scope.module, body)):
                self.block(scope, body, True, depth)
        return event is False and ends(scope.module, statement.body)

    def event(self, scope, test):
        """Whether a test holds (`True`) or fails (`False`) just after a visitor's act; `None` if it is about something else."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.event(scope, test.operand)
            return None if inner is None else not inner
        if not self.is_given(scope, test):
            return None
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
            told = [self.event(scope, value) for value in test.values]
            return told[0] if len(set(told)) == 1 else (False if False in told else None)
        if isinstance(test, ast.BoolOp):
            told = [self.event(scope, value) for value in test.values]
            return True if True in told else False
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Is, ast.Eq)) and isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value in (None, False, 0):
            return False
        return True

    def is_given(self, scope, node):
        for child in ast.walk(node):
            if isinstance(child, ast.Name) and child.id in scope.given:
                return True
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in EVENTS:
                return True
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and scope.module.names.get(child.func.id, "").startswith("streamlit.") and child.func.id in EVENTS:
                return True
            if isinstance(child, ast.Call) and last_name(child.func) in ("BytesIO", "StringIO"):
                return True
            if isinstance(child, ast.Call) and last_name(child.func) == "Request" and (len(child.args) > 1 or any(keyword.arg == "data" for keyword in child.keywords)):
                return True  # it sends something: that is no load
        return False

    def reads_given(self, scope, call):
        """Whether a load reads what a visitor just gave, or what someone else has opened."""
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Name) and first.id in scope.parameters and OPENED.search(first.id):
            return True
        return any(self.is_given(scope, arg) for arg in [*call.args, *(keyword.value for keyword in call.keywords)])

    def must_be_fresh(self, scope, name):
        """Whether a cache would be wrong: the app asks how another service is just now, or reads what it writes itself."""
        if ".read_sql" in name and self.repository.writes_sql:
            return True
        return name in REQUESTS and scope.function is not None and re.search(r"health|status|ping|alive|reachable|running|ready|available|connection", scope.function.name) is not None

    def learn(self, scope, targets, value):
        given = self.is_given(scope, value)
        for target in targets:
            for name in (child.id for child in ast.walk(target) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)):
                (scope.given.add if given else scope.given.discard)(name)

    def mentions_state(self, module, test):
        return any(module.dotted(child) == "streamlit.session_state" for child in ast.walk(test) if isinstance(child, (ast.Name, ast.Attribute)))

    def expressions(self, scope, statement, conditional, depth):
        """Judges the calls of a statement itself, not those of the blocks in it."""
        if isinstance(statement, ast.stmt):
            parts = [child for child in ast.iter_child_nodes(statement) if isinstance(child, (ast.expr, ast.withitem))]
        else:
            parts = [statement]
        for part in parts:
            self.expression(scope, part, conditional, depth, managed=isinstance(statement, (ast.With, ast.AsyncWith)), targets=getattr(statement, "targets", []))

    def expression(self, scope, node, conditional, depth, managed=False, targets=()):
        if isinstance(node, (ast.Lambda, ast.FunctionDef)):
            return
        if isinstance(node, ast.IfExp):
            event = self.event(scope, node.test)
            self.expression(scope, node.test, conditional, depth)
            for wanted, part in ((True, node.body), (False, node.orelse)):
                if event != wanted:
                    self.expression(scope, part, True, depth, targets=targets)
            return
        if isinstance(node, ast.NamedExpr):
            self.learn(scope, [node.target], node.value)
        for child in ast.iter_child_nodes(node):
            self.expression(scope, child, conditional, depth, managed, targets)
        if isinstance(node, ast.Call):
            self.call(scope, node, conditional, depth, managed, targets)

    def call(self, scope, call, conditional, depth, managed, targets):
        module, found = scope.module, self.repository.found
        name = module.called(call)
        if (name in LOADERS or MODELS.match(name)) and not self.reads_given(scope, call) and not self.must_be_fresh(scope, name):
            found("uncached_load", module, call, shown_name(call))
        elif name in CONNECTORS and not self.is_closed(scope, call, name, managed, targets):
            found("connection_per_rerun", module, call, shown_name(call))
        elif name == "time.sleep" and call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, (int, float)) and call.args[0].value >= SLEEP_SECONDS:
            found("long_sleep", module, call, f"{call.args[0].value:g}")
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "execute" and self.is_query(module, call):
            found("uncached_load", module, call, shown_name(call))
        if name == "streamlit.set_page_config":
            if self.shown is not None and not conditional:
                found("page_config_order", module, call, self.shown)
        elif name.startswith("streamlit.") and not SILENT.match(name) and self.shown is None and not conditional:
            self.shown = f"{shown_name(call)} in line {call.lineno}"
        self.enter(scope, call, conditional, depth)

    def enter(self, scope, call, conditional, depth):
        """Into a function of the repository, unless it is cached or runs by an event or a clock of its own."""
        module, function = scope.module, None
        if isinstance(call.func, ast.Name):
            function = scope.functions.get(call.func.id) or module.functions.get(call.func.id)
        if function is None:
            module, function = self.repository.function(module, module.called(call))
        if function is None or depth >= MOST_DEPTH or module.is_cached(function) or module.decorator(function, "dialog"):
            return
        fragment = module.decorator(function, "fragment")
        if isinstance(fragment, ast.Call) and any(keyword.arg == "run_every" for keyword in fragment.keywords):
            return
        names = [arg.arg for arg in [*getattr(function.args, "posonlyargs", []), *function.args.args]]
        given = {name for name, arg in zip(names, call.args) if self.is_given(scope, arg)}
        given |= {keyword.arg for keyword in call.keywords if keyword.arg and self.is_given(scope, keyword.value)}
        key = (module.path, function.lineno, frozenset(given))
        if key not in self.followed and len(self.followed) < 2000 and not self.repository.late():
            self.followed.add(key)
            inner = Scope(module, function.body, function, given, names)
            inner.functions.update(scope.functions)
            self.block(inner, function.body, conditional, depth + 1)

    def is_closed(self, scope, call, name, managed, targets):
        """Whether a connection is given back before the run ends, or leads to nothing but this run's memory."""
        module = scope.module
        if name in ("sqlite3.connect", "duckdb.connect") and (not call.args or module.text(call.args[0]) in (":memory:", "")):
            return True
        if managed and (name not in STAYS_OPEN):
            return True
        if any(isinstance(target, ast.Name) and target.id in module.closed for target in targets):
            return True
        for statement in scope.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and module.called(node) in ("contextlib.closing", "closing") and any(inner is call for inner in ast.walk(node)):
                    return True
        return scope.function is not None and any(self.repository.gives_back(scope.function.name, other) for other in self.repository.modules.values())

    def is_query(self, module, call):
        """A query of a database server that this repository only reads."""
        if self.repository.writes_sql or not call.args or not any(SERVERS.match(name) for name, _, _ in module.imports):
            return False
        argument = call.args[0]
        if isinstance(argument, ast.Call) and argument.args:
            argument = argument.args[0]
        text = module.text(argument)
        return text is not None and re.match(r"\s*(select|with)\s", text, re.IGNORECASE) is not None

    def reset(self, scope, statement, conditional):
        if conditional or not is_initial(statement.value):
            return
        for target in statement.targets:
            key = state_key(scope.module, target)
            if key is not None:
                self.resets.append((scope, target, key))


def stores_state(module, body):
    return any(isinstance(getattr(node, "ctx", None), ast.Store) and state_key(module, node) is not None for statement in body for node in ast.walk(statement)) or any(
        isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and module.dotted(node.value) == "streamlit.session_state" for statement in body for node in ast.walk(statement)
    )


def is_main(test):
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def is_absent(test):
    """`if not os.path.exists(…)`: what is fetched then is fetched once."""
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and isinstance(test.operand, ast.Call) and last_name(test.operand.func) in ("exists", "isfile", "is_file", "isdir", "is_dir")


def ends(module, body):
    last = body[-1] if body else None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return module.called(last.value) in ("streamlit.stop", "streamlit.rerun", "streamlit.experimental_rerun", "streamlit.switch_page", "sys.exit", "exit")
    return isinstance(last, (ast.Return, ast.Raise, ast.Continue))


def shown_name(call):
    """A call as it is written, without its arguments."""
    node, after = call.func, ""
    while isinstance(node, (ast.Attribute, ast.Call)):
        node, after = (node.value, f".{node.attr}{after}") if isinstance(node, ast.Attribute) else (node.func, f"(){after}")
    return f"{node.id if isinstance(node, ast.Name) else '…'}{after}"[:80]


# ── the repository ────────────────────────────────────────────────────────────


class Repository:
    def __init__(self, order, files, deadline):
        self.entry, self.framework, self.paths = order["entry"], order["framework"], set(order["paths"])
        self.files, self.deadline = files, deadline
        self.findings, self.skipped, self.modules = {}, [], {}
        self.folder = self.entry.rpartition("/")[0]
        self.writes_sql = False

    def found(self, rule, module, node, subject):
        self.note(rule, module.path, node.lineno, subject)

    def note(self, rule, path, line, subject):
        if len(self.findings) < MOST_FINDINGS:
            self.findings.setdefault((rule, path, line), {"rule": rule, "path": path, "line": line, "subject": " ".join(subject.split())[:MOST_SUBJECT]})

    def late(self):
        return time.monotonic() > self.deadline

    def is_sample(self, path):
        """Documents, tests and examples: what looks like a key there is one to look at. An app that is an example is not."""
        inside = path[len(self.folder) + 1 :] if self.folder and path.startswith(self.folder + "/") else path
        return SAMPLE_FOLDER.search(inside) is not None or SAMPLE_NAME.search(path) is not None

    def check_secrets(self):
        for path, source in self.files.items():
            if b"\0" in source[:4096] or self.is_sample(path):
                continue
            if self.late():
                return self.skipped.append({"path": path, "why": "time"})
            text = source.decode("utf-8", "replace")
            lines = set()
            for offset, subject in find_secrets(path, text):
                line = text.count("\n", 0, offset) + 1
                if line not in lines:
                    lines.add(line)
                    self.note("committed_credential", path, line, subject)

    def parse(self):
        parsed = 0
        for path, source in self.files.items():
            if not path.endswith(".py"):
                continue
            if self.late():
                return self.skipped.append({"path": path, "why": "time"})
            parsed += len(source)
            if parsed > MOST_PARSED_BYTES:
                self.skipped.append({"path": path, "why": "size"})
                continue
            try:
                self.modules[path] = Module(path, ast.parse(source, path))
            except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
                self.skipped.append({"path": path, "why": "syntax"})

    def locate(self, module, name):
        """The file of a module's name, as Python would find it for a script of this repository."""
        folders = [self.folder, "", module.path.rpartition("/")[0]]
        if name.startswith("."):
            level = len(name) - len(name.lstrip("."))
            parts = module.path.split("/")[: -level]
            folders, name = ["/".join(parts)], name.lstrip(".")
        for folder in folders:
            start = "/".join(part for part in (folder, name.replace(".", "/")) if part)
            for path in (f"{start}.py", f"{start}/__init__.py"):
                if path in self.paths:
                    return path
        return None

    def function(self, module, name, depth=0):
        """The function that `package.module.function` means in a module, where this repository has it."""
        owner, _, last = name.rpartition(".")
        if not last or (not owner and not name.startswith(".")):
            return module, None
        path = self.locate(module, owner) if owner.strip(".") else self.locate(module, owner + "__init__")
        other = self.modules.get(path or "")
        if other is None:
            return module, None
        if last in other.functions:
            return other, other.functions[last]
        again = other.names.get(last)  # a package that hands on what another file of it has
        return self.function(other, again, depth + 1) if again and again.startswith(".") and depth < MOST_DEPTH else (module, None)

    def gives_back(self, function, module):
        return bool(module.results.get(function, set()) & (module.closed | {"with"}))

    def scripts(self):
        """What Streamlit runs: the entry file, its pages, and those it names."""
        pages = f"{self.folder}/pages/" if self.folder else "pages/"
        found = [path for path in self.modules if path == self.entry or (path.startswith(pages) and "/" not in path[len(pages) :])]
        for path in list(found):
            module = self.modules[path]
            for node in module.nodes:
                if isinstance(node, ast.Call) and module.called(node) == "streamlit.Page" and node.args:
                    text = module.text(node.args[0])
                    page = "/".join(part for part in (self.folder, text) if part) if text else None
                    if page in self.modules and page not in found:
                        found.append(page)
        return found

    def page_functions(self, module):
        for node in module.nodes:
            if isinstance(node, ast.Call) and module.called(node) == "streamlit.Page" and node.args and isinstance(node.args[0], (ast.Name, ast.Attribute)):
                yield ast.copy_location(ast.Call(func=node.args[0], args=[], keywords=[]), node)

    def reached(self, scripts):
        """The files that the scripts import, and what those import."""
        todo, seen = list(scripts), set(scripts)
        while todo:
            module = self.modules[todo.pop()]
            for name, _, _ in module.imports:
                for candidate in (name, name.rpartition(".")[0]):
                    path = self.locate(module, candidate) if candidate.strip(".") else None
                    if path in self.modules and path not in seen:
                        seen.add(path)
                        todo.append(path)
        return seen

    def check_scripts(self):
        scripts = self.scripts()
        reached = self.reached(scripts)
        modules = [self.modules[path] for path in sorted(reached)]
        self.writes_sql = any(
            isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"\s*(insert|update|delete|create|merge|replace|alter|drop)\s", node.value, re.IGNORECASE) for module in modules for node in module.nodes
        )
        if self.framework == "streamlit":
            resets = []
            for path in scripts:
                if self.late():
                    return scripts, reached
                run = Rerun(self, self.modules[path])
                run.follow()
                for call in self.page_functions(self.modules[path]):
                    run.enter(Scope(self.modules[path], []), call, True, 0)
                resets += run.resets
            self.check_resets(resets, modules)
        paths = read_paths(modules)
        for module in modules:
            if self.late():
                break
            for node in module.nodes:
                if isinstance(node, ast.Call):
                    self.check_waiting(module, node)
                    self.check_writing(module, node, paths)
                elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and self.framework == "streamlit":
                    self.check_sharing(module, node)
        return scripts, reached

    def check_resets(self, resets, modules):
        changed, widgets, read = {}, set(), {}
        for module in modules:
            for function, node in owned(module.tree):
                key = state_key(module, node)
                if key is not None:
                    kind = changed if not isinstance(node.ctx, ast.Load) or id(node) in mutated(module) else read
                    kind.setdefault(key, []).append((module.path, function, node))
                if isinstance(node, ast.Call):
                    widgets.update(module.text(keyword.value) or "" for keyword in node.keywords if keyword.arg == "key")
        certain = {id(target) for _, target, _ in resets}
        for scope, target, key in resets:
            earlier = any(path == scope.module.path and function is scope.function and node.lineno < target.lineno for path, function, node in read.get(key, []))
            others = [node for _, _, node in changed.get(key, []) if node is not target and id(node) not in certain]
            if others and not earlier and key not in widgets:
                self.found("state_reset", scope.module, target, key)

    def check_waiting(self, module, call):
        name = module.called(call)
        arguments = {keyword.arg for keyword in call.keywords}
        if "timeout" in arguments or None in arguments:
            return
        owner, _, verb = name.rpartition(".")
        if (owner == "requests" and verb in VERBS) or (name == "urllib.request.urlopen" and len(call.args) < 3):
            self.found("no_timeout", module, call, shown_name(call))

    def check_sharing(self, module, function):
        if not any(re.search(r"^streamlit\.(cache\w*|experimental_(memo|singleton))$", module.dotted(d.func if isinstance(d, ast.Call) else d)) for d in function.decorator_list):
            return
        for statement in function.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Attribute) or isinstance(node, ast.Name):
                    name = module.dotted(node)
                    if name in PER_USER and isinstance(getattr(node, "ctx", None), ast.Load):
                        return self.found("shared_user_data", module, node, f"{function.name} reads {name.replace('streamlit.', 'st.')}")
        last = function.body[-1]
        takes = function.args.args or function.args.kwonlyargs or getattr(function.args, "posonlyargs", [])
        if module.decorator(function, "cache_resource") and not takes and re.search(r"user|session|cart|chat_history|conversation", function.name) and isinstance(last, ast.Return) and isinstance(last.value, (ast.Dict, ast.List)):
            self.found("shared_user_data", module, function, f"{function.name} returns one collection")

    def check_writing(self, module, call, paths):
        name, arguments = module.called(call), call.args
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        first = module.text(arguments[0]) if arguments else None
        if name == "sqlite3.connect" and first and not first.startswith(("/tmp", ":memory:", "file:")) and self.writes_sql:
            return self.found("lost_write", module, call, first)
        if name == "open":
            mode = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), arguments[1] if len(arguments) > 1 else None)
            mode = module.text(mode) if mode is not None else "r"
            if not mode or not re.match(r"[wax]|r\+", mode):
                return
            kept = mode.startswith("a") or first in paths
        elif method in ("to_csv", "to_excel", "to_parquet", "to_json", "to_pickle", "to_feather"):
            kept = first in paths
        elif method in ("write_text", "write_bytes"):
            first = module.text(call.func.value)
            kept = first in paths
        else:
            return
        if first and kept and not TEMPORARY.search(first) and not first.startswith("/"):
            self.found("lost_write", module, call, first)

    def foreign_imports(self, scripts, reached):
        standard, found, inside = standard_modules(), {}, {}
        for path in self.paths:
            parts = path.split("/") if path.endswith(".py") else []
            for at, part in enumerate(parts):
                inside.setdefault("/".join(parts[:at]), set()).add(part.replace(".py", ""))
        for path, module in self.modules.items():
            local_here = set().union(*(inside.get(folder, ()) for folder in ("", self.folder, path.rpartition("/")[0])))
            for name, line, needed in module.imports:
                top = name.split(".")[0]
                if not top or len(name) > MOST_SUBJECT or top in standard or top in local_here:
                    continue
                entry = found.setdefault(name, {"module": name, "path": path, "line": line, "needed": False})
                if needed and path in reached and not entry["needed"]:
                    entry.update(path=path, line=line, needed=True)
        return sorted(found.values(), key=lambda each: each["module"])[:3000]


def owned(tree):
    """Every node with the function it is in."""
    todo = [(None, tree)]
    while todo:
        function, node = todo.pop()
        for child in ast.iter_child_nodes(node):
            yield function, child
            todo.append((child if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) else function, child))


def mutated(module):
    """The expressions whose value is changed in place: `x.append(…)`, `x["a"] = …`, `x += …`."""
    known = getattr(module, "mutated", None)
    if known is None:
        known = module.mutated = set()
        for node in module.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "extend", "insert", "pop", "remove", "update", "add", "clear", "setdefault"):
                known.add(id(node.func.value))
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                known.add(id(node.value))
    return known


def read_paths(modules):
    """The paths that the app reads, by what the source says of them."""
    found = set()
    for module in modules:
        for node in module.nodes:
            if not isinstance(node, ast.Call):
                continue
            name = module.called(node)
            if name == "open":
                mode = module.text(node.args[1]) if len(node.args) > 1 else next((module.text(keyword.value) for keyword in node.keywords if keyword.arg == "mode"), "r")
                if mode and mode.startswith("r") and node.args:
                    found.add(module.text(node.args[0]))
            elif name.startswith(("pandas.read_", "polars.read_", "os.path.exists", "os.path.isfile")) and node.args:
                found.add(module.text(node.args[0]))
            elif isinstance(node.func, ast.Attribute) and node.func.attr in ("read_text", "read_bytes", "exists", "is_file"):
                found.add(module.text(node.func.value))
    return found - {None}


def read_order(stream):
    order, files, total = json.loads(stream.readline()), {}, 0
    skipped = []
    for line in stream:
        given = json.loads(line)
        source = base64.b64decode(given["source"])
        total += len(source)
        if len(source) > MOST_FILE_BYTES or total > MOST_BYTES:
            skipped.append({"path": given["path"], "why": "size"})
        else:
            files[given["path"]] = source
    return order, files, skipped


def main():
    warnings.simplefilter("ignore")
    order, files, skipped = read_order(sys.stdin.buffer)
    repository = Repository(order, files, time.monotonic() + MOST_SECONDS)
    repository.skipped += skipped
    repository.check_secrets()
    imports, broken = [], None
    try:
        repository.parse()
        scripts, reached = repository.check_scripts()
        imports = repository.foreign_imports(scripts, reached)
    except Exception as error:  # whatever a script does to the rules, the secrets that were found count
        trace = error.__traceback__
        while trace.tb_next and not isinstance(error, RecursionError):
            trace = trace.tb_next
        broken = f"{type(error).__name__} in line {trace.tb_lineno}"
    json.dump({"findings": list(repository.findings.values()), "imports": imports, "skipped": repository.skipped[:100], "broken": broken}, sys.stdout)


main()
