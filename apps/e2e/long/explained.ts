/** A repository that fails, or whose script raises, and what its author must be told. */
export interface Explained {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly entryFile?: string;
  /** Of its Streamlit, where it is not the newest. */
  readonly streamlit?: string;
  readonly code: string;
  readonly message: string;
  /** `null` of a warning: it is the end of its message. */
  readonly hint: string | null;
}

const DASH = "from dash import Dash, html\n\napp = Dash(__name__)\nserver = app.server\napp.layout = html.Div('hello')\n";
const ECHO = "gr.Interface(lambda said: said, 'text', 'text').launch()\n";
const GROUP = `import asyncio

from fastapi import FastAPI


async def work(number):
    raise ValueError(f'Wert {number} ungültig')


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work(1))
        group.create_task(work(2))

asyncio.run(main())
app = FastAPI()
`;
const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n';

const LINE = 'Correct what that line does, and push again.';
const HOG = `from setuptools import setup

held = [b'x' * 2**26 for _ in range(256)]
setup(name='hog', version='1')
`;

/** Deployments that fail. */
export const FAILURES: readonly Explained[] = [
  { title: 'a module that an imported file of a Dash app misses', files: { 'app.py': `from lib.charts import draw\n${DASH}draw()\n`, 'lib/__init__.py': '', 'lib/charts.py': 'from skimage import io\n\n\ndef draw():\n    return io\n', 'requirements.txt': 'dash\n' }, code: 'app.missing_module', message: 'lib/charts.py line 1: the module “skimage” is not installed.', hint: 'Add “scikit-image” to the dependency file; if it is a file of your own, commit it.' },
  { title: 'an exception that follows another, in a Gradio app in a folder', files: { 'web/main.py': `import gradio as gr\n\ntry:\n    import cupy\nexcept ImportError as error:\n    raise RuntimeError('Grafikkarte fehlt – bitte prüfen') from error\n${ECHO}`, 'requirements.txt': 'gradio\n' }, entryFile: 'web/main.py', code: 'app.exception', message: 'The app ended before it answered: web/main.py line 6: RuntimeError: Grafikkarte fehlt – bitte prüfen.', hint: LINE },
  { title: 'several exceptions at once', files: { 'app.py': GROUP, 'requirements.txt': 'fastapi\nuvicorn\n' }, code: 'app.exception', message: 'The app ended before it answered: app.py line 7: ValueError: Wert 1 ungültig.', hint: LINE },
  { title: 'a variable that nobody set', files: { 'app.py': `import os\n\nimport gradio as gr\n\nkey = os.environ['OPENAI_API_KEY']\n${ECHO}`, 'requirements.txt': 'gradio\n' }, code: 'app.missing_secret', message: 'app.py line 5: the environment variable OPENAI_API_KEY is not set.', hint: "Set it in the app's secrets: values outside a section are environment variables too." },
  { title: 'more memory than the app may have', files: { 'app.py': `held = [b'x' * 2**26 for _ in range(256)]\n${DASH}`, 'requirements.txt': 'dash\n' }, code: 'app.out_of_memory', message: 'The app used more than its 1 GiB of memory while it started.', hint: "Raise the app's memory limit in its settings, or load less data when it starts." },
  { title: 'a file in Git LFS that the app opens', files: { 'app.py': `import json\n\njson.load(open('model.json'))\n${DASH}`, 'model.json': POINTER, 'requirements.txt': 'dash\n' }, code: 'app.exception', message: 'The app ended before it answered: app.py line 3: JSONDecodeError: Expecting value: line 1 column 1 (char 0).', hint: 'What is read there is empty or no JSON; of a file kept in Git LFS only the pointer is there.' },
  { title: 'an index that is not there', files: { 'app.py': DASH, 'requirements.txt': '--index-url https://no-such-host.invalid/simple\ndash\n' }, code: 'build.host_unreachable', message: 'requirements.txt line 1 needs no-such-host.invalid, which the build could not reach: the name has no address.', hint: 'Ask the operator whether builds may reach no-such-host.invalid, or use what the package index has instead.' },
  { title: 'a build that wants more memory than it may have', files: { 'app.py': DASH, 'requirements.txt': 'dash\n./hog\n', 'hog/setup.py': HOG }, code: 'build.out_of_memory', message: 'The build used more than the 4 GiB of memory it may.', hint: 'A package is probably compiled from source: take versions that have wheels, or ask the operator for more build memory.' },
];

const TITLE = "import streamlit as st\n\nst.title('Hello')\n";

/** Scripts that raise when a page is opened: their deployment is live, and has a warning. */
export const WARNINGS: readonly Explained[] = [
  { title: 'a module that is not installed, by its package', files: { 'app.py': `${TITLE}from tools import load\n`, 'tools.py': 'import cv2\n\nload = cv2.imread\n', 'requirements.txt': 'streamlit\n' }, code: 'app.missing_module', message: 'tools.py line 1: the module “cv2” is not installed. Add “opencv-python-headless” to the dependency file; if it is a file of your own, commit it.', hint: null },
  { title: 'an exception of its own, by file and line', files: { 'web/Größe.py': `${TITLE}\n\ndef half(number):\n    return number / 0\n\n\ntry:\n    half(1)\nexcept ZeroDivisionError as error:\n    raise ValueError('durch null geteilt') from error\n`, 'requirements.txt': 'streamlit\n' }, entryFile: 'web/Größe.py', code: 'app.exception', message: 'web/Größe.py line 13: ValueError: durch null geteilt.', hint: null },
  { title: 'set_page_config after another command', files: { 'app.py': `${TITLE}st.set_page_config(page_title='Late')\n`, 'requirements.txt': 'streamlit==1.40.0\n' }, streamlit: '1.40.0', code: 'app.page_config_order', message: 'app.py line 4: st.set_page_config() has to be the first Streamlit command, and called once. Move it to the top of the entry file, right after the imports, and call it once in each script.', hint: null },
  { title: 'a secret that is not set', files: { 'app.py': `${TITLE}st.write(st.secrets['token'])\n`, 'requirements.txt': 'streamlit\n' }, code: 'app.missing_secret', message: "app.py line 4: the app reads secrets, and it has none. Set it in the app's secrets; the app gets it without a new build.", hint: null },
];
