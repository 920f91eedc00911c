export * from './decode-text.ts';
export * from './explain-app-log.ts';
export * from './explain-failure.ts';
export { type FailureFacts } from './failure-facts.ts';
export * from './plan-build.ts';
export * from './plan.ts';
export { type EntryFileCandidate, rankEntryFiles } from './rank-entry-files.ts';
export { isPlanFile, type RepositoryTree, type TreeFile } from './repository-tree.ts';
export { planFilesMissing } from './requirements.ts';
