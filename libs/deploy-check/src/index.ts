export { isForeign, isPlanFile as isPlanned } from '@weir/build-plan';
export * from './check-folder.ts';
export * from './check-source.ts';
export { isChecked, isSecretsFile } from './checked-files.ts';
export * from './local-python.ts';
export * from './python.ts';
export { type Report } from './report.ts';
export { type Finding, RULE_IDS, type RuleId, RULES, type Severity } from './rules.ts';
export * from './sarif.ts';
