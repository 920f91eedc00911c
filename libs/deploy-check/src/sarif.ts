import { type Finding, RULE_IDS, RULES } from './rules.ts';

const LEVEL = { error: 'error', warning: 'warning', note: 'note' } as const;

/** The findings as a SARIF 2.1.0 log, which code hosts and editors show at their lines. */
export const sarifOf = (findings: readonly Finding[], version: string) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'weir check',
          version,
          rules: RULE_IDS.map((id) => ({ id, shortDescription: { text: RULES[id].title }, help: { text: RULES[id].fix }, defaultConfiguration: { level: LEVEL[RULES[id].severity] } })),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: findings.map(({ rule, severity, path, line, why, fix }) => ({
        ruleId: rule,
        ruleIndex: RULE_IDS.indexOf(rule),
        level: LEVEL[severity],
        message: { text: `${why} ${fix}` },
        locations: [{ physicalLocation: { artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' }, region: { startLine: line } } }],
      })),
    },
  ],
});
