import type { Failure } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { type BuildPlan, decodeText, type PlanAnswer, planBuild, type RepositoryTree, type TreeFile } from '../index.ts';
import { CORPUS } from './corpus.ts';
import type { CorpusCase, ExpectedPlan, ExpectedRefusal } from './corpus-case.ts';

/** Bytes are read as the platform reads them: they may be in any encoding. */
const fileOf = (given: string | Buffer): TreeFile => {
  const text = typeof given === 'string' ? given : decodeText(given);
  return { size: given.length, ...(text !== undefined && { text }) };
};

const treeOf = (files: Readonly<Record<string, string | Buffer>>): RepositoryTree => ({ files: new Map(Object.entries(files).map(([path, given]) => [path, fileOf(given)])) });

const linesOf = ({ files }: BuildPlan, wanted: (path: string) => boolean): string[] => files.filter(([path]) => wanted(path)).flatMap(([, text]) => text.split('\n').map((line) => line.trim()).filter(Boolean));

/** What a plan says about the parts that a case names. */
function seen(plan: BuildPlan, { lines, held, commands, says, notSays, ...rest }: ExpectedPlan): ExpectedPlan {
  const { python, entryFile, added, packages, dependencies } = plan;
  const command = plan.install.map((argv) => argv.join(' ')).join('\n');
  const notes = plan.notes.join('\n');
  const all = { variables: Object.fromEntries(plan.variables), from: dependencies.kind === 'none' ? null : dependencies.path, python, entryFile, added, packages };
  return {
    ...(Object.fromEntries(Object.entries(all).filter(([key]) => key in rest)) as unknown as typeof all),
    ...(lines && { lines: linesOf(plan, (path) => path !== 'held.txt') }),
    ...(held && { held: linesOf(plan, (path) => path === 'held.txt') }),
    ...(commands && { commands: commands.map((part) => (command.includes(part) ? part : command)) }),
    ...(says && { says: says.map((part) => (notes.includes(part) ? part : notes)) }),
    ...(notSays && { notSays: notSays.filter((part) => !notes.includes(part)) }),
  };
}

/** The same of a refusal. */
const refused = ({ code, message, excerpt }: Failure, { says }: ExpectedRefusal): ExpectedRefusal => ({ code, says: says.map((part) => (`${message}\n${excerpt}`.includes(part) ? part : `${message}\n${excerpt}`)) });

function outcome({ files, entryFile, python, allows, expect: expected }: CorpusCase): ExpectedPlan | ExpectedRefusal | PlanAnswer {
  const answer = planBuild(treeOf(files), { entryFile: entryFile ?? null, python: python ?? null, pythons: ['3.9', '3.11', '3.13'], defaultPython: '3.11', ...(allows && { allows }) });
  if (answer.ok) return 'code' in expected ? answer : seen(answer.plan, expected);
  return 'code' in expected ? refused(answer.failure, expected) : answer;
}

describe('a repository with', () => {
  it.each(CORPUS.map((each) => [each.title, each] as const))('%s', (_, each) => {
    expect(outcome(each)).toEqual(each.expect);
  });

  it('each of the 40 kinds and oddities that matter, and more', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(CORPUS.map(({ title }) => title)).size).toBe(CORPUS.length);
  });
});
