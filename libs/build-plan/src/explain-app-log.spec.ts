import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/read.ts';
import { explainAppLog } from './index.ts';

const raised: [name: string, code: string, said: string][] = [
  ['chained-130', 'app.exception', 'chained.py line 5: ValueError: no config.'],
  ['conn', 'app.missing_secret', "conn.py line 2: the connection has no settings in the secrets. Set it in the app's secrets; the app gets it without a new build."],
  ['duplicate-141', 'app.exception', 'dup.py line 3: StreamlitDuplicateElementId: There are multiple `button` elements with the same auto-generated ID. Give each of these elements a key of its own.'],
  ['exc', 'app.exception', "exc.py line 8: KeyError: 'nope'."],
  ['exp', 'app.removed_api', 'exp.py line 2: this version of Streamlit has no st.experimental_rerun. Use st.rerun instead, or ask for the older Streamlit the app was written for.'],
  ['lfs-json-141', 'app.exception', 'lfs.py line 3: JSONDecodeError: Expecting value: line 1 column 1 (char 0). What is read there is empty or no JSON; of a file kept in Git LFS only the pointer is there.'],
  ['lfs-parquet-130', 'app.exception', "lfsparquet.py line 3: ArrowInvalid: Could not open Parquet input source '<Buffer>': Parquet magic bytes not found in footer. The file is not a Parquet file: it may be kept in Git LFS, which is not fetched, so that only its pointer is there."],
  ['lfs-pickle-130', 'app.exception', "lfspkl.py line 3: UnpicklingError: invalid load key, 'v'. The file is probably kept in Git LFS, which is not fetched, so only its pointer is there: commit the file itself, or load it from elsewhere."],
  ['lib', 'app.missing_library', 'lib.py line 3: the system library libGL.so.99 is missing. Add “libgl1” to packages.txt. Or use opencv-python-headless in place of opencv-python.'],
  ['library-130', 'app.missing_library', 'lib.py line 3: the system library libodbc.so.2 is missing. Add “unixodbc” to packages.txt.'],
  ['memory-130', 'app.out_of_memory', "mem.py line 2: the app asked for more memory than there is. Load less data at once, or raise the memory limit in the app's settings."],
  ['missing-112', 'app.missing_module', 'missing.py line 2: the module “sklearn” is not installed. Add “scikit-learn” to the dependency file; if it is a file of your own, commit it.'],
  ['missing-130', 'app.missing_module', 'missing.py line 2: the module “sklearn” is not installed. Add “scikit-learn” to the dependency file; if it is a file of your own, commit it.'],
  ['missing', 'app.missing_module', 'missing.py line 2: the module “cv2” is not installed. Add “opencv-python-headless” to the dependency file; if it is a file of your own, commit it.'],
  ['navigation-130', 'app.removed_api', 'nav.py line 2: this version of Streamlit has no st.navigation. It came with Streamlit 1.36: ask for “streamlit>=1.36”.'],
  ['new-api-130', 'app.removed_api', 'newapi.py line 2: this version of Streamlit has no st.segmented_control. It came with Streamlit 1.40: ask for “streamlit>=1.40”.'],
  ['no-file-130', 'app.exception', "nofile.py line 2: FileNotFoundError: [Errno 2] No such file or directory: 'data/Sales.csv'. Commit data/Sales.csv, or correct its path: paths start at the root of the repository, and upper and lower case differ."],
  ['no-host-130', 'app.exception', 'requests_.py line 3: URLError: <urlopen error [Errno -2] Name or service not known>. The name of that server is not known, or the app may not reach it: check the address.'],
  ['old-api-141', 'app.removed_api', 'oldapi.py line 2: this version of Streamlit has no st.experimental_rerun. Use st.rerun instead, or ask for the older Streamlit the app was written for.'],
  ['own-module-130', 'app.missing_module', "ownmod.py line 2: the module “utils” is not installed. Commit it: utils is probably a file or folder of your own. Imports start at the entry file's folder."],
  ['page-file-141', 'app.exception', 'nav.py line 2: StreamlitAPIException: Unable to create Page. The file `none.py` could not be found. Commit that file, or correct its path: it starts at the folder of the entry file, and upper and lower case differ.'],
  ['python2', 'app.syntax_error', "py2.py line 2: Missing parentheses in call to 'print'. Did you mean print(...)? Correct that line and push again."],
  ['removed', 'app.removed_api', 'removed.py line 3: this version of Streamlit has no st.cache. Use st.cache_data or st.cache_resource instead, or ask for the older Streamlit the app was written for.'],
  ['second-server', 'app.second_server', 'flaskin.py line 5: the script starts a server of its own inside Streamlit, which cannot work. Remove it, or deploy that server as an app of its own.'],
  ['secret', 'app.missing_secret', "secret.py line 4: the app reads secrets, and it has none. Set it in the app's secrets; the app gets it without a new build."],
  ['secretattr', 'app.missing_secret', "secretattr.py line 2: the secret “token” is not set. Set it in the app's secrets; the app gets it without a new build."],
  ['set-page-config-130', 'app.page_config_order', 'order.py line 3: st.set_page_config() has to be the first Streamlit command, and called once. Move it to the top of the entry file, right after the imports, and call it once in each script.'],
  ['set-page-config-twice-112', 'app.page_config_order', 'twice.py line 3: st.set_page_config() has to be the first Streamlit command, and called once. Move it to the top of the entry file, right after the imports, and call it once in each script.'],
  ['set-page-config-twice-141', 'app.page_config_order', 'twice.py line 3: st.set_page_config() has to be the first Streamlit command, and called once. Move it to the top of the entry file, right after the imports, and call it once in each script.'],
  ['shadow', 'app.exception', "shadow.py line 2: ImportError: cannot import name 'nosuchname' from 'numpy' (/opt/env/lib/python3.11/site-packages/numpy/__init__.py). The version that is installed does not have it: ask for one that does, or for another version of the package that imports it."],
  ['submodule-141', 'app.missing_module', 'submod.py line 4: the module “mylib” is not installed. Add “mylib” to the dependency file; if it is a file of your own, commit it.'],
  ['switch-page-130', 'app.exception', "switch.py line 2: StreamlitAPIException: Could not find page: 'pages/none.py'. Must be the file path relative to the main script, from the directory: app. Commit that file, or correct its path: it starts at the folder of the entry file, and upper and lower case differ."],
  ['syntax', 'app.syntax_error', "syntax.py line 2: '(' was never closed. Correct that line and push again."],
  ['unicode-130', 'app.exception', 'unicode.py line 3: ZeroDivisionError: division by zero.'],
  ['windows-path-130', 'app.exception', "windows.py line 2: FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\Users\\\\me\\\\data.csv'. It is a path of another computer: commit the file, and open it by its path from the root of the repository."],
];

describe("an app's log", () => {
  it.each(raised)('tells that the script raised (%s): %s', (name, code, said) => {
    const warnings = explainAppLog(fixture(`streamlit/${name}`));
    expect(warnings).toEqual([{ code, message: said, excerpt: expect.stringMatching(/Traceback/) }]);
    expect(warnings[0]?.excerpt?.length).toBeLessThanOrEqual(4000);
  });

  it.each([
    ["ModuleNotFoundError: No module named 'langchain.llms'", 'app.missing_module', 'the installed langchain has no module “langchain.llms”. Ask for the version of “langchain” that the code was written for, or import the module from where it is now.'],
    ["ModuleNotFoundError: No module named 'google.cloud'", 'app.missing_module', 'the module “google.cloud” is not installed. Several packages have a part of google.cloud: add the one that the app imports to the dependency file.'],
    ["ModuleNotFoundError: No module named 'google.cloud.bigquery'", 'app.missing_module', 'the module “google.cloud.bigquery” is not installed. Add “google-cloud-bigquery” to the dependency file; if it is a file of your own, commit it.'],
    ["ModuleNotFoundError: No module named 'src.utils'", 'app.missing_module', "the module “src.utils” is not installed. Commit it: src.utils is probably a file or folder of your own. Imports start at the entry file's folder."],
    ["ModuleNotFoundError: No module named 'mine.parts'", 'app.missing_module', 'the module “mine.parts” is not installed. Add “mine” to the dependency file; if it is a file of your own, commit it.'],
    ["ModuleNotFoundError: No module named 'plotly.express'; 'plotly' is not a package", 'app.exception', 'plotly.py is imported in place of the package plotly. Give plotly.py another name.'],
    ["FileNotFoundError: [Errno 2] No such file or directory: '/app/.streamlit/secrets.toml'", 'app.missing_secret', "the app reads secrets, and it has none. Set it in the app's secrets; the app gets it without a new build."],
    ["ModuleNotFoundError: No module named 'tkinter'", 'app.missing_module', 'the module “tkinter” is not installed. Remove it: apps run on a server, where there is no screen for windows.'],
    ["ModuleNotFoundError: No module named 'google.colab'", 'app.missing_module', 'the module “google.colab” is not installed. Remove it: it exists in Google Colab only.'],
    ["TypeError: ImageMixin.image() got an unexpected keyword argument 'use_column_width'", 'app.removed_api', 'in this version of Streamlit st.image takes no “use_column_width”. Leave it out, or ask for the Streamlit that the app was written for.'],
    ["requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.example.org', port=443): Max retries exceeded with url: /x (Caused by NameResolutionError(\"HTTPSConnection(host='api.example.org', port=443): Failed to resolve 'api.example.org' ([Errno -2] Name or service not known)\"))", 'app.exception', 'ConnectionError: api.example.org could not be reached, its name is not known here. Check the address; an app reaches public servers only, unless the operator allows others.'],
    ["AttributeError: 'DataFrame' object has no attribute 'append'. Did you mean: '_append'?", 'app.exception', "AttributeError: 'DataFrame' object has no attribute 'append'. Did you mean: '_append'? pandas 2 removed that: use pd.concat or items, or ask for “pandas<2”."],
  ])('knows what is meant by %s', (raises, code, said) => {
    const log = ['2026-01-01 10:00:00.000 Uncaught app exception', 'Traceback (most recent call last):', '  File "/app/app.py", line 7, in <module>', '    x', raises];
    expect(explainAppLog(log)).toMatchObject([{ code, message: `app.py line 7: ${said}` }]);
  });

  it('is understood from releases that write the traceback alone, and not where the app wrote it', () => {
    const own = ['    exec(code, module.__dict__)', '  File "/app/app.py", line 61, in <module>', '    load()', "FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'"];
    const start = '2022-04-10 11:10:52.105 Traceback (most recent call last):';
    expect(explainAppLog([start, '  File "/opt/env/lib/python3.9/site-packages/streamlit/scriptrunner/script_runner.py", line 443, in _run_script', ...own])).toMatchObject([{ code: 'app.exception', message: expect.stringContaining("app.py line 61: FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'. Commit a.csv") }]);
    expect(explainAppLog([start, ...own.slice(1)])).toEqual([]);
  });

  it('names the line of an app that lies in a folder called streamlit', () => {
    const log = ['2026-01-01 10:00:00.000 Uncaught app exception', 'Traceback (most recent call last):', '  File "/app/streamlit/part1/myapp.py", line 7, in <module>', '    x', 'KeyError: 1'];
    expect(explainAppLog(log)).toMatchObject([{ message: 'streamlit/part1/myapp.py line 7: KeyError: 1.' }]);
  });

  it.each([
    ['several exceptions at once, of which the first counts', ['  + Exception Group Traceback (most recent call last):', '  |   File "/app/jobs.py", line 9, in <module>', '  |     asyncio.run(main())', '  |   File "/usr/lib/python3.11/asyncio/taskgroups.py", line 147, in __aexit__', '  |     raise me from None', '  | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', '  +-+---------------- 1 ----------------', '    | Traceback (most recent call last):', '    |   File "/app/jobs.py", line 4, in work', '    |     raise ValueError(f"Wert {n} ungültig")', '    | ValueError: Wert 1 ungültig', '    +---------------- 2 ----------------', '    | Traceback (most recent call last):', '    |   File "/app/jobs.py", line 6, in other', '    |     raise KeyError(1)', '    | KeyError: 1', '    +------------------------------------'], 'app.exception', 'jobs.py line 4: ValueError: Wert 1 ungültig.'],
    ['groups of groups, and what never was raised', ['  + Exception Group Traceback (most recent call last):', '  |   File "/app/a.py", line 2, in <module>', '  |     raise ExceptionGroup("one", [ExceptionGroup("two", [TypeError("x")])])', '  | ExceptionGroup: one (1 sub-exception)', '  +-+---------------- 1 ----------------', '    | ExceptionGroup: two (1 sub-exception)', '    +-+---------------- 1 ----------------', '      | TypeError: x', '      +------------------------------------'], 'app.exception', 'a.py line 2: TypeError: x.'],
    ['a variable of the environment', ['Traceback (most recent call last):', '  File "/app/app.py", line 3, in <module>', '    key = os.environ["OPENAI_API_KEY"]', '          ~~~~~~~~~~^^^^^^^^^^^^^^^^^^', '  File "<frozen os>", line 679, in __getitem__', "KeyError: 'OPENAI_API_KEY'"], 'app.missing_secret', "app.py line 3: the environment variable OPENAI_API_KEY is not set. Set it in the app's secrets: values outside a section are environment variables too."],
    ['a variable that a library wants', ['Traceback (most recent call last):', '  File "/app/app.py", line 3, in <module>', '    client = OpenAI()', '  File "/opt/env/lib/python3.11/site-packages/openai/_client.py", line 135, in __init__', '    raise OpenAIError(', 'openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable'], 'app.missing_secret', expect.stringContaining('app.py line 3: the environment variable OPENAI_API_KEY is not set.')],
    ['a part of a namespace', ['Traceback (most recent call last):', '  File "/app/app.py", line 1, in <module>', '    from google.cloud import bigquery as bq', "ModuleNotFoundError: No module named 'google'"], 'app.missing_module', 'app.py line 1: the module “google” is not installed. Add “google-cloud-bigquery” to the dependency file.'],
    ['a part of a namespace that is a class', ['Traceback (most recent call last):', '  File "/app/app.py", line 1, in <module>', '    from azure.cosmos import CosmosClient', "ModuleNotFoundError: No module named 'azure'"], 'app.missing_module', 'app.py line 1: the module “azure” is not installed. Add “azure-cosmos” to the dependency file.'],
    ['a part of a namespace that no package has', ['Traceback (most recent call last):', '  File "/app/app.py", line 1, in <module>', '    from google.colab import drive', "ModuleNotFoundError: No module named 'google'"], 'app.missing_module', 'app.py line 1: the module “google” is not installed. Remove it: it exists in Google Colab only.'],
    ['a part that a package has no more', ['Traceback (most recent call last):', '  File "/app/app.py", line 1, in <module>', '    from sklearn.externals.joblib import load', "ModuleNotFoundError: No module named 'sklearn.externals.joblib'"], 'app.missing_module', 'app.py line 1: the installed scikit-learn has no module “sklearn.externals.joblib”. Ask for the version of “scikit-learn” that the code was written for, or import the module from where it is now.'],
    ['a file that has the name of a package', ['Traceback (most recent call last):', '  File "/app/app.py", line 2, in <module>', '    import plotly.express as px', "ModuleNotFoundError: No module named 'plotly.express'; 'plotly' is not a package"], 'app.exception', 'app.py line 2: plotly.py is imported in place of the package plotly. Give plotly.py another name.'],
    ['a database that is a pointer of Git LFS', ['Traceback (most recent call last):', '  File "/app/app.py", line 3, in <module>', '    sqlite3.connect("data.db").execute("select 1")', 'sqlite3.DatabaseError: file is not a database'], 'app.exception', 'app.py line 3: DatabaseError: file is not a database. The file is not what its name says; of a file kept in Git LFS only the pointer is there.'],
    ['an import with a dot in a script', ['Traceback (most recent call last):', '  File "/app/pages/1_Größe.py", line 1, in <module>', '    from . import helpers', 'ImportError: attempted relative import with no known parent package'], 'app.exception', expect.stringContaining('write the import without the dot')],
  ])('tells of %s', (_, traceback, code, message) => {
    expect(explainAppLog(['2026-01-01 10:00:00.000 Uncaught app execution', ...traceback, ''])).toEqual([{ code, message, excerpt: expect.any(String) }]);
  });

  it('has no warning for a traceback that the app only printed', () => {
    expect(explainAppLog(fixture('streamlit/printed'))).toEqual([]);
  });

  it('has one warning however often the same line raised', () => {
    const once = fixture('streamlit/missing');
    expect(explainAppLog([...once, ...once, ...fixture('streamlit/exc')])).toHaveLength(2);
  });

  it('is understood from older releases and with colours', () => {
    const log = ['\u001b[31m2024-01-01 10:00:00.000 Uncaught app exception\u001b[0m', 'Traceback (most recent call last):', '  File "/app/pages/1_Größe.py", line 7, in <module>', '    import yaml', "ModuleNotFoundError: No module named 'yaml'"];
    expect(explainAppLog(log)).toMatchObject([{ code: 'app.missing_module', message: expect.stringContaining('pages/1_Größe.py line 7') }]);
  });

  it('has no warning for a session that is cut off by a stop', () => {
    const log = ['2026-11-23 23:57:51.097 Uncaught app exception', 'Traceback (most recent call last):', '  File "/usr/lib/python3.11/concurrent/futures/thread.py", line 169, in submit', "    raise RuntimeError('cannot schedule new futures after '", 'RuntimeError: cannot schedule new futures after interpreter shutdown'];
    expect(explainAppLog(log)).toEqual([]);
  });

  it('that ends in the middle of a traceback has no warning yet', () => {
    expect(explainAppLog(fixture('streamlit/missing').slice(0, 12))).toEqual([]);
  });
});
