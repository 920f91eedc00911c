import { expect, it } from 'vitest';
import { configuresUv } from './configures-uv.ts';

const tree = (path: string, text?: string) => ({ files: new Map([['streamlit_app.py', { size: 0, text: '' }], [path, { size: 1, ...(text !== undefined && { text }) }]]) });

it.each([
  ['pyproject.toml', '[project]\nname = "a"\n\n[tool.uv]\nindex-url = "https://packages.example.org/simple"\n', true],
  ['sub/pyproject.toml', '[[ tool . uv . index ]]\nurl = "https://packages.example.org/simple"\n', true],
  ['uv.toml', undefined, true],
  ['pyproject.toml', '[project]\nname = "a"\n\n[tool.uvicorn]\nport = 1\n\n# [tool.uv]\n', false],
  ['requirements.txt', '[tool.uv]\n', false],
])('%s with %j has settings of uv: %s', (path, text, has) => expect(configuresUv(tree(path, text))).toBe(has));
