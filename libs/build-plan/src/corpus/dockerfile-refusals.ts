import { app, type CorpusCase } from './corpus-case.ts';

const allows = { dockerfiles: true, packages: null };
const COPY = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\n';
const CMD = 'CMD ["streamlit", "run", "app.py"]\n';

/** A line, and why it cannot be done. It is the fourth. */
const LINES: readonly (readonly [title: string, line: string, why: string])[] = [
  ['fetches a program', 'RUN curl -fsSL https://example.org/install.sh | sh', 'it uses the shell’s “|”'],
  ['runs a program', 'RUN python -m nltk.downloader punkt', 'nothing is run in a build but what installs packages, and python is something else'],
  ['runs a script of the repository', 'RUN ./setup.sh', 'nothing is run in a build but what installs packages, and ./setup.sh is something else'],
  ['runs a script with a shell', 'RUN bash setup.sh', 'it runs a script'],
  ['writes a file', 'RUN echo "[server]" > .streamlit/config.toml', 'it uses the shell’s “>”'],
  ['asks another command', 'RUN apt-get install -y linux-headers-$(uname -r)', 'it uses what another command prints'],
  ['goes on after a failure', 'RUN pip install a || pip install b', 'it uses the shell’s “||”'],
  ['installs packages of Alpine', 'RUN apk add --no-cache ffmpeg', 'packages of Alpine'],
  ['installs into a folder', 'RUN pip install --target=/libs six', 'it installs into a folder of its own (--target)'],
  ['names a package with a line break', String.raw`RUN ["pip", "install", "six\n-e /etc"]`, 'what it installs has a line break in it'],
  ['installs from what was not copied', 'RUN pip install -r /requirements.txt', 'no file of the repository was copied to /requirements.txt'],
  ['makes a folder', 'RUN mkdir -p /data', 'an app has its repository’s folders only, and /data is none; commit it'],
  ['copies from another image', 'COPY --from=nginx:latest /etc/nginx /etc/nginx', 'it copies from the image nginx:latest'],
  ['fetches a file', 'ADD https://example.org/model.bin /app/', 'it fetches from another place than the repository'],
  ['moves a file', 'COPY app.py main.py', 'files stay where the repository has them, and it puts app.py at main.py'],
  ['puts a file elsewhere', 'COPY app.py /models/', 'an app has the files in its folder only, and it puts app.py at /models/app.py, outside /app'],
  ['copies what is not there', 'COPY model.bin .', 'the repository has no model.bin'],
  ['leaves the repository', 'COPY ../../etc/passwd .', 'the repository has no etc/passwd'],
  ['is a here-document', 'RUN <<EOF\napt-get update\nEOF', 'it has a here-document'],
  ['needs a secret', 'RUN --mount=type=secret,id=token pip install six', 'builds are given no secrets'],
  ['is for other images', 'ONBUILD RUN true', 'ONBUILD is not known here'],
  ['is none', 'INSTALL six', 'INSTALL is not known here'],
  ['starts elsewhere', 'WORKDIR /app/web', 'apps start in the repository’s root, and it has the app start in web'],
  ['leaves a quotation open', 'ENV A="b', 'a quotation mark is not closed'],
  ['leaves a folder', 'RUN cd /tmp && pip install six', 'and cd is something else'],
];

const STARTS: readonly (readonly [title: string, command: string, why: string])[] = [
  ['nothing', '', 'it has no CMD, which starts the app'],
  ['a script of shell', 'ENTRYPOINT ["./entrypoint.sh"]', 'it starts ./entrypoint.sh, and only scripts and the servers of the frameworks are started here'],
  ['two programs', 'CMD python migrate.py && streamlit run app.py', 'it runs several commands, and only the app is started here'],
  ['a script with arguments', 'CMD ["python", "app.py", "--demo"]', 'apps are started without arguments, and it gives “--demo”'],
  ['Streamlit with arguments for the script', 'CMD streamlit run app.py -- --demo', 'apps are started without arguments, and it gives “--demo”'],
  ['what is not there', 'CMD ["streamlit", "run", "main.py"]', 'it starts main.py, which the repository does not have there'],
  ['another server', 'CMD ["nginx", "-g", "daemon off;"]', 'it starts nginx'],
  ['an application of another name', 'CMD ["uvicorn", "app:api"]', 'the application is called api'],
  ['a variable for one command', 'CMD A=b streamlit run app.py', 'ENV does that'],
];

const of = (dockerfile: string) => app({ Dockerfile: dockerfile });

/** Dockerfiles that cannot be built here, each with the line and its reason. */
export const DOCKERFILE_REFUSALS: readonly CorpusCase[] = [
  ...LINES.map(([title, line, why]): CorpusCase => ({ title: `a Dockerfile with a line that ${title}`, files: of(`${COPY}${line}\n${CMD}`), allows, expect: { code: 'plan.dockerfile_unsupported', says: ['Line 4 of Dockerfile cannot be done here: ', why, 'Dockerfile:4: '] } })),
  ...STARTS.map(([title, command, why]): CorpusCase => ({ title: `a Dockerfile that starts ${title}`, files: of(`${COPY}${command}\n`), allows, expect: { code: 'plan.dockerfile_unsupported', says: [why] } })),
  { title: 'a Dockerfile of another language', files: of('FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n'), allows, expect: { code: 'plan.dockerfile_unsupported', says: ['Line 1 of Dockerfile', 'node:22 is not an image like “python:3.11-slim”', '2 more lines cannot either.', 'Dockerfile:3: RUN npm ci', 'Dockerfile:4: CMD'] } },
  { title: 'a Dockerfile of far too long variables', files: of(`${COPY}ENV A=${'a'.repeat(9000)}\n${CMD}`), allows, expect: { code: 'plan.dockerfile_unsupported', says: ['the variables of ENV are too long'] } },
  { title: 'a Dockerfile that is empty', files: of('# nothing\n'), allows, expect: { code: 'plan.dockerfile_unsupported', says: ['Dockerfile has no FROM'] } },
  { title: 'a Dockerfile of far too many lines', files: of(`${COPY}${'RUN true\n'.repeat(600)}${CMD}`), allows, expect: { code: 'plan.dockerfile_unsupported', says: ['larger than any that is read here'] } },
  { title: 'a Dockerfile with a version of an apt package', files: of(`${COPY}RUN apt-get install -y libgl1=1.0\n${CMD}`), allows, expect: { code: 'plan.package_name_invalid', says: ['Line 4 of Dockerfile', '“libgl1=1.0”'] } },
  { title: 'a Dockerfile with an apt package that is a file', files: of(`${COPY}RUN apt-get install -y ./evil.deb\n${CMD}`), allows, expect: { code: 'plan.package_name_invalid', says: ['Line 4 of Dockerfile', '“./evil.deb”'] } },
  { title: 'a Dockerfile with an apt package that the operator does not allow', files: of(`${COPY}RUN apt-get install -y nmap\n${CMD}`), allows: { dockerfiles: true, packages: ['ffmpeg'] }, expect: { code: 'plan.package_not_allowed', says: ['Line 4 of Dockerfile', '“nmap”'] } },
  { title: 'a Dockerfile that was asked for, where the operator allows none', files: of(`${COPY}${CMD}`), entryFile: 'Dockerfile', expect: { code: 'plan.dockerfile_off', says: ['does not build from Dockerfiles'] } },
  { title: 'a Dockerfile that was asked for and is not there', files: app({}), entryFile: 'Dockerfile', allows, expect: { code: 'entry.not_found', says: ['no Dockerfile in its root'] } },
];
