import type { FrameworkName } from '@weir/domain';
import { normalName } from './requirement-line.ts';

export interface Framework {
  readonly name: FrameworkName;
  readonly title: string;
  /** What has to be installed to serve it, the framework itself first. */
  readonly requirements: readonly string[];
}

/** 1.30 of Streamlit has the options and endpoints the platform relies on. */
const STREAMLIT: Framework = { name: 'streamlit', title: 'Streamlit', requirements: ['streamlit>=1.30'] };

/** In the order in which they decide: a script that uses several is an app of the first; the last two also serve others' apps, and APIs beside them. */
const FRAMEWORKS: readonly Framework[] = [
  STREAMLIT,
  { name: 'gradio', title: 'Gradio', requirements: ['gradio'] },
  { name: 'dash', title: 'Dash', requirements: ['dash', 'waitress'] },
  { name: 'panel', title: 'Panel', requirements: ['panel'] },
  { name: 'shiny', title: 'Shiny', requirements: ['shiny'] },
  { name: 'marimo', title: 'marimo', requirements: ['marimo'] },
  { name: 'nicegui', title: 'NiceGUI', requirements: ['nicegui'] },
  { name: 'fastapi', title: 'FastAPI', requirements: ['fastapi', 'uvicorn[standard]'] },
  { name: 'flask', title: 'Flask', requirements: ['flask', 'waitress'] },
];

/** Blanks only, never line ends: a file of nothing but those must not take quadratic time. */
const imports = ({ name }: Framework, text: string): boolean => new RegExp(String.raw`^[ \t]*(?:import[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*${name}\b|from[ \t]+${name}\b)`, 'm').test(text);

/** The framework that one of these scripts imports; of several the one that decides. */
export const importedFramework = (...texts: readonly (string | undefined)[]): Framework | undefined => FRAMEWORKS.find((framework) => texts.some((text) => text !== undefined && imports(framework, text)));

/** The framework among an app's direct dependencies, by their normalised names. Streamlit where there is none. */
export const namedFramework = (names: ReadonlySet<string>): Framework => FRAMEWORKS.find(({ name }) => names.has(name)) ?? STREAMLIT;

/** What has to be added to dependencies of these normalised names, so that the framework can be served. */
export const missingRequirements = ({ requirements }: Framework, names: ReadonlySet<string>): string[] => requirements.filter((requirement) => !names.has(packageOf(requirement)));

/** The name people know a package by. */
export const titleOf = (requirement: string): string => FRAMEWORKS.find(({ name }) => name === packageOf(requirement))?.title ?? packageOf(requirement);

const packageOf = (requirement: string): string => normalName(/^[\w.-]+/.exec(requirement)?.[0] ?? requirement);
