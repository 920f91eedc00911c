import { type Endpoint, endpoints } from '@weir/contracts';
import { z } from 'zod';
import { escapeHtml, fieldsTable } from './fields-table.ts';

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
nav ul{columns:16rem;padding:0;list-style:none}
section{border-top:1px solid var(--line);padding-top:.5rem;margin-top:2rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{background:var(--soft);padding:.75rem;overflow:auto;border-radius:.4rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
h2{font-size:1.15rem}h3{font-size:.95rem;margin:.75rem 0 0}
.method{font-weight:600}`;

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;

const part = (title: string, schema: z.ZodType | undefined, io: 'input' | 'output'): string => (schema ? `<h3>${title}</h3>${fieldsTable(jsonSchema(schema, io))}` : '');

function section(id: string, endpoint: Endpoint): string {
  return `<section id="${id}"><h2>${escapeHtml(endpoint.summary)}</h2>
<p><span class="method">${endpoint.method}</span> <code>/api/v1${escapeHtml(endpoint.path)}</code> · <code>${id}</code>${endpoint.public ? ' · needs no sign-in' : ''}</p>
${part('Path', endpoint.params, 'input')}${part('Query', endpoint.query, 'input')}${part('Body', endpoint.body, 'input')}
<p>Answers <code>${endpoint.status}</code>.</p>${part('Answer', endpoint.answer, 'output')}</section>`;
}

/** The API as a page to read: no script and nothing from another address. */
export function docsPage(version: string): string {
  const all = Object.entries<Endpoint>(endpoints);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Weir API ${escapeHtml(version)}</title><style>${STYLE}</style>
<h1>Weir API</h1>
<p>Version ${escapeHtml(version)}. For machines: <a href="openapi.json">openapi.json</a>. Everything is JSON. Send an API token:</p>
<pre>curl -H "Authorization: Bearer $WEIR_TOKEN" http://127.0.0.1:8080/api/v1/me</pre>
<p>Errors are <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>. Lists come newest first; send <code>next</code> back as <code>after</code> for the following page.
A POST with an <code>Idempotency-Key</code> header is done once, however often it is sent within a day.</p>
<nav><ul>${all.map(([id, { summary }]) => `<li><a href="#${id}">${escapeHtml(summary)}</a></li>`).join('')}</ul></nav>
${all.map(([id, endpoint]) => section(id, endpoint)).join('\n')}
</html>
`;
}
