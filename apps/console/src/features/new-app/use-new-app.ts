'use client';

import type { CreateApp, RepositoryView } from '@weir/contracts';
import { hostnameFrom, isBranchName } from '@weir/domain';
import { useState } from 'react';
import { parsePasted, type PastedRepository, splitBranch } from '#features/repositories/pasted-repository.ts';
import { type Inspection, useInspection } from '#features/repositories/use-inspection.ts';

export interface NewAppStart {
  readonly repository: string;
  readonly branch: string;
  readonly entryFile: string;
  /** Start from this example instead of a repository. */
  readonly example: { readonly name: string; readonly entryFile: string } | null;
}

export interface NewAppForm {
  readonly repository: string;
  readonly setRepository: (text: string) => void;
  readonly pasted: PastedRepository | undefined;
  readonly inspection: Inspection;
  /** The newest reading of this repository, also while another is under way. */
  readonly view: RepositoryView | null;
  readonly branch: string;
  readonly setBranch: (branch: string) => void;
  readonly entryFile: string;
  readonly setEntryFile: (path: string) => void;
  readonly hostname: string;
  readonly setHostname: (hostname: string) => void;
  /** The source to create the app with, once there is one. */
  readonly source: CreateApp['source'] | null;
}

/** The first three answers of the form. What a person edits wins over what was pasted, and that over what was read. */
export function useNewApp({ repository: first, branch: firstBranch, entryFile: firstEntry, example }: NewAppStart): NewAppForm {
  const [repository, setText] = useState(first);
  const [branchEdit, setBranch] = useState<string | null>(firstBranch || null);
  const [entryEdit, setEntryFile] = useState<string | null>(firstEntry || null);
  const [hostnameEdit, setHostname] = useState<string | null>(null);

  const pasted = example ? undefined : parsePasted(repository);
  const asked = branchEdit ?? pasted?.branch ?? '';
  const inspection = useInspection(pasted?.url, isBranchName(asked) ? asked : undefined);
  const view = inspection.state === 'read' ? inspection.view : inspection.state === 'reading' ? inspection.previous : null;

  // A pasted file's address: parted once, when the branches are known.
  if (pasted?.branchAndPath !== undefined && branchEdit === null && inspection.state === 'read') {
    const { branch, path } = splitBranch(pasted.branchAndPath, inspection.view.branches);
    setBranch(branch);
    if (path.endsWith('.py')) setEntryFile(path);
  }

  const branch = asked || (view?.defaultBranch ?? '');
  const entryFile = entryEdit ?? pasted?.entryFile ?? view?.entryFiles[0]?.path ?? '';
  const hostname = hostnameEdit ?? (example ? example.name : pasted ? hostnameFrom(pasted.url) : '');

  return {
    repository,
    setRepository: (text) => {
      setText(text);
      setBranch(null);
      setEntryFile(null);
    },
    pasted,
    inspection,
    view,
    branch,
    setBranch: (name) => {
      setBranch(name);
      setEntryFile(null);
    },
    entryFile,
    setEntryFile,
    hostname,
    setHostname,
    source: example ? { kind: 'builtin', example: example.name } : pasted ? { kind: 'git', url: pasted.url, branch: branch || null, entryFile: entryFile || null } : null,
  };
}
