import { type Diagnoser, findLine } from './failure-facts.ts';

/** Names of other distributions and of older Debian releases, and what gives the same. */
const INSTEAD: Record<string, string> = {
  'libgl1-mesa-glx': 'libgl1', 'libasound2': 'libasound2t64', 'chromium-browser': 'chromium', 'chromium-chromedriver': 'chromium-driver', 'google-chrome-stable': 'chromium', 'libmysqlclient-dev': 'default-libmysqlclient-dev', 'mysql-client': 'default-mysql-client',
  'openjdk-8-jdk': 'default-jdk', 'openjdk-11-jdk': 'default-jdk', 'openjdk-8-jre': 'default-jre', 'openjdk-11-jre': 'default-jre', 'libssl1.1': 'libssl3', libmagic: 'libmagic1', poppler: 'poppler-utils', tesseract: 'tesseract-ocr', 'libffi7': 'libffi8', 'libicu66': 'libicu-dev', graphvis: 'graphviz',
};
const UNKNOWN = /^E: (?:Unable to locate package (\S+)|Package '([^']+)' has no installation candidate|Couldn't find any package by (?:glob|regex) '([^']+)')/;

/** apt goes on without the lists it could not fetch, and then knows no package at all. */
const mirrorUnreachable: Diagnoser = ({ log }) => {
  const found = findLine(log, /^(?:W|E): Failed to fetch (https?:\/\/([^\s/]+)\S*)/);
  return found && { code: 'build.index_unreachable', message: `The Debian mirror ${found.match[2]} could not be reached.`, hint: 'Deploy again in a moment; if it stays so, ask the operator to check the mirror and the proxy of this installation.', line: found.index };
};

const unknownPackage: Diagnoser = ({ log }) => {
  const found = findLine(log, UNKNOWN);
  if (!found) return undefined;
  const names = [...new Set(log.flatMap((line) => UNKNOWN.exec(line)?.slice(1).find(Boolean) ?? []))];
  const known = names.flatMap((name) => (Object.hasOwn(INSTEAD, name) ? [`“${INSTEAD[name]}” instead of “${name}”`] : []));
  const python = names.some((name) => /^python3\.\d/.test(name)) ? 'Remove it: the Python is chosen in the app’s settings.' : undefined;
  return {
    code: 'build.system_package_not_found',
    message: `There is no apt package ${names.map((name) => `“${name}”`).join(' or ')} (packages.txt).`,
    hint: known.length > 0 ? `Write ${known.join(', ')}.` : (python ?? 'Look the name up at packages.debian.org for the Debian release of the base image; Python packages belong in requirements.txt.'),
    line: found.index,
  };
};

/** What apt says, and nobody else. */
export const aptDiagnosers: readonly Diagnoser[] = [mirrorUnreachable, unknownPackage];
