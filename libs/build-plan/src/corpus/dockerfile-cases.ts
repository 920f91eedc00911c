import { APP, app, type CorpusCase } from './corpus-case.ts';

const allows = { dockerfiles: true, packages: null };
const CMD = 'CMD ["streamlit", "run", "app.py"]\n';
const LIST = { 'requirements.txt': 'streamlit==1.60.0\n' };
const COPY = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\n';
const repository = (dockerfile: string, files: Readonly<Record<string, string>> = {}): Record<string, string> => app({ Dockerfile: dockerfile, ...files });

/** As the documentation of Streamlit has it. */
const OF_STREAMLIT = `# app/Dockerfile

FROM python:3.9-slim

WORKDIR /app

RUN apt-get update && apt-get install -y \\
    build-essential \\
    # for pip
    curl \\

    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip3 install --no-cache-dir -r requirements.txt
COPY . .

EXPOSE 8501
HEALTHCHECK CMD curl --fail http://localhost:8501/_stcore/health
ENTRYPOINT ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0", "--theme.base", "dark"]
`;

/** As Hugging Face tells its users. */
const OF_SPACES = `FROM docker.io/library/python:3.13
RUN useradd -m -u 1000 user
USER user
ENV HOME=/home/user \\
    PATH=/home/user/.local/bin:$PATH
ENV MODELS="$HOME/app/models:/else"
WORKDIR /code
COPY ./requirements.txt /code/requirements.txt
RUN pip install --no-cache-dir --upgrade -r /code/requirements.txt
WORKDIR $HOME/app
COPY --chown=user . $HOME/app
CMD streamlit run app.py --server.port \${PORT:-7860}
`;

/** As uv's documentation has it, in two stages. */
const OF_UV = `# syntax=docker/dockerfile:1
ARG PYTHON=3.13
FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS builder
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/uv \\
    --mount=type=bind,source=uv.lock,target=uv.lock \\
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\
    uv sync --locked --no-install-project --no-dev
ADD . /app
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev

FROM node:20 AS unused
RUN npm ci

FROM python:\${PYTHON}-slim
COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/
COPY --from=builder --chown=app:app /app /app
ENV PATH="/app/.venv/bin:$PATH"
WORKDIR /app
CMD ["uv", "run", "--no-sync", "streamlit", "run", "app.py"]
`;

const FASTAPI = 'from fastapi import FastAPI\n\napp = FastAPI()\n';

/** Dockerfiles whose lines have a meaning here. */
export const DOCKERFILE_CASES: readonly CorpusCase[] = [
  { title: 'a Dockerfile where the operator allows none', files: repository('FROM scratch\n', LIST), expect: { from: 'requirements.txt', entryFile: 'app.py', variables: {}, says: ['Dockerfile is ignored: this installation does not build from Dockerfiles.'] } },
  { title: 'a Dockerfile and a script as its entry file', files: repository('FROM scratch\n', LIST), entryFile: 'app.py', allows, expect: { from: 'requirements.txt', says: ['Dockerfile is ignored, because'] } },
  { title: 'the Dockerfile of Streamlit’s documentation', files: repository(OF_STREAMLIT, LIST), allows, expect: { from: 'requirements.txt', python: '3.9', entryFile: 'app.py', packages: ['build-essential', 'curl'], variables: { STREAMLIT_THEME_BASE: 'dark' }, says: ['Built as Dockerfile says', 'EXPOSE, HEALTHCHECK of Dockerfile mean nothing here.', '--server.port, --server.address are left out', 'Python 3.9, as Dockerfile line 3 asks.'] } },
  { title: 'the Dockerfile of a Space', files: repository(OF_SPACES, LIST), entryFile: 'Dockerfile', allows, expect: { from: 'requirements.txt', python: '3.13', variables: { MODELS: '/app/models:/else' }, says: ['in /app here, not in /home/user/app'] } },
  { title: 'the Dockerfile of uv’s documentation, in stages', files: repository(OF_UV, { 'uv.lock': 'version = 1\n[[package]]\nname = "streamlit"\nversion = "1.60.0"\n', 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["streamlit"]\n' }), allows, expect: { from: 'uv.lock', python: '3.13', commands: ['uv sync --frozen'], variables: {} } },
  { title: 'packages that a Dockerfile names itself', files: repository(`${COPY}RUN pip install --upgrade pip && pip install 'pandas>=2' streamlit==1.60.0 -r extra.txt -e ./lib\n${CMD}`, { 'extra.txt': 'six\n', 'lib/setup.py': '' }), allows, expect: { from: 'Dockerfile', added: [], lines: ['six', 'pandas>=2', 'streamlit==1.60.0', '-r extra.txt', '-e ./lib'], says: ['Dependencies are those that Dockerfile installs.'] } },
  { title: 'a Dockerfile that installs nothing', files: repository(`${COPY}${CMD}`, LIST), allows, expect: { from: 'requirements.txt', says: ['Dependencies come from requirements.txt.'] } },
  { title: 'requirements that a Dockerfile puts aside, under a name of their own', files: repository(`FROM python\nCOPY deps/web.list /tmp/\nRUN python -m pip install -r /tmp/web.list\nCOPY . /srv/web\nCMD ["python3", "-m", "streamlit", "run", "/srv/web/app.py"]\n`, { 'deps/web.list': 'streamlit\nsix\n' }), allows, expect: { from: 'deps/web.list', python: '3.11', lines: ['streamlit', 'six'] } },
  { title: 'a Dockerfile of Poetry', files: repository(`FROM python:3.11\nRUN pip install poetry==1.8.2\nWORKDIR /app\nCOPY pyproject.toml poetry.lock* ./\nRUN poetry config virtualenvs.create false && poetry install --no-root --only main\nCOPY . .\nCMD poetry run streamlit run app.py\n`, { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.9"\nstreamlit = "1.60.0"\n' }), allows, expect: { from: 'pyproject.toml', lines: ['streamlit==1.60.0'] } },
  { title: 'a Dockerfile of Pipenv', files: repository(`FROM python:3.11\nWORKDIR /app\nCOPY Pipfile ./\nRUN pip install pipenv && pipenv install --system --deploy\nCOPY . .\n${CMD}`, { Pipfile: '[packages]\nstreamlit = "==1.60.0"\n' }), allows, expect: { from: 'Pipfile', lines: ['streamlit==1.60.0'] } },
  { title: 'a Dockerfile and packages.txt', files: repository(`FROM python:3.11\nRUN apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends -o Dpkg::Use-Pty=0 libgl1 || true\nCOPY . .\n${CMD}`, { 'packages.txt': 'ffmpeg\n' }), allows, expect: { from: null, packages: ['ffmpeg', 'libgl1'], says: ['apt packages from packages.txt: ffmpeg.', 'apt packages from Dockerfile: libgl1.'] } },
  { title: 'a Dockerfile of FastAPI in a package', files: { Dockerfile: `${COPY}ENV LOG_LEVEL info\nCMD ["uvicorn", "web.main:app", "--host", "0.0.0.0", "--port", "80"]\n`, 'web/main.py': FASTAPI }, allows, expect: { from: null, entryFile: 'web/main.py', variables: { LOG_LEVEL: 'info', PYTHONPATH: '/app' }, says: ['Served as an app of FastAPI.'] } },
  { title: 'a Dockerfile of Flask', files: { Dockerfile: `${COPY}ENV FLASK_APP=web.py\nENTRYPOINT ["flask"]\nCMD ["run", "--host=0.0.0.0"]\n`, 'web.py': 'from flask import Flask\n\napp = Flask(__name__)\n' }, allows, expect: { from: null, entryFile: 'web.py', says: ['Served as an app of Flask.'] } },
  { title: 'a Dockerfile of Dash on gunicorn', files: { Dockerfile: `${COPY}CMD exec gunicorn -b 0.0.0.0:8050 --workers 2 web:server\n`, 'web.py': 'import dash\n\nserver = dash.Dash().server\n' }, allows, expect: { from: null, entryFile: 'web.py', says: ['-b, --workers are left out'] } },
  { title: 'a Dockerfile whose command is a line of shell', files: { Dockerfile: `${COPY}SHELL ["/bin/bash", "-c"]\nCMD ["bash", "-lc", "exec python -u web.py"]\n`, 'web.py': 'import gradio\n' }, allows, expect: { from: null, entryFile: 'web.py', says: ['Served as an app of Gradio.'] } },
  { title: 'a Dockerfile that says the package index', files: repository(`${COPY}RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu torch streamlit\n${CMD}`), allows, expect: { from: 'Dockerfile', lines: ['--extra-index-url https://download.pytorch.org/whl/cpu', 'torch', 'streamlit'] } },
  { title: 'a Dockerfile in capitals and in small letters, with another escape', files: { Dockerfile: '# escape=`\r\nfrom python:3.11 as base\r\nworkdir /app\r\ncopy . .\r\nfrom base\r\nlabel a="b" `\r\n  c=d\r\ncmd [ "streamlit", `\r\n  "run", "app.py" ]\r\n', 'app.py': APP }, allows, expect: { from: null, entryFile: 'app.py', says: ['LABEL of Dockerfile means nothing here.'] } },
];
