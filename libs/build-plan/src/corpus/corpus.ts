import { AGE_CASES } from './age-cases.ts';
import { CONDA_CASES } from './conda-cases.ts';
import type { CorpusCase } from './corpus-case.ts';
import { DOCKERFILE_CASES } from './dockerfile-cases.ts';
import { DOCKERFILE_REFUSALS } from './dockerfile-refusals.ts';
import { LAYOUT_CASES } from './layout-cases.ts';
import { PIPENV_CASES } from './pipenv-cases.ts';
import { POETRY_CASES } from './poetry-cases.ts';
import { PROJECT_CASES } from './project-cases.ts';
import { PYTHON_CASES } from './python-cases.ts';
import { REQUIREMENTS_CASES } from './requirements-cases.ts';

/** One small repository for each kind of dependency file and each oddity of one. */
export const CORPUS: readonly CorpusCase[] = [...REQUIREMENTS_CASES, ...PIPENV_CASES, ...CONDA_CASES, ...POETRY_CASES, ...PROJECT_CASES, ...PYTHON_CASES, ...LAYOUT_CASES, ...AGE_CASES, ...DOCKERFILE_CASES, ...DOCKERFILE_REFUSALS];
