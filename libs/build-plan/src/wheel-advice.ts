import type { Fix } from '@weir/domain';
import type { FailureFacts } from './failure-facts.ts';
import { pythonFix } from './python-fix.ts';
import { normalName } from './requirement-line.ts';
import { resolverReport } from './resolver-report.ts';
import { sourceBuild } from './source-build.ts';
import { originOf } from './where-is.ts';

/** `tensorflow==2.11.0 has no wheels with a matching Python ABI tag`, as a resolver says. */
export const NO_WHEELS = /(?:Because|and) (\S+) has no wheels with a matching Python (?:ABI|version|implementation) tag/;

/** The release for whose want of a wheel an installation failed, such as `scikit-learn==0.23.2`; `undefined` where that is not why, or it is of no index. */
export function wheellessRelease(log: readonly string[]): { readonly name: string; readonly version: string } | undefined {
  const requirement = sourceBuild(log)?.requirement ?? NO_WHEELS.exec(resolverReport(log)?.text ?? '')?.[1] ?? '';
  const [, name, version] = /^([\w.-]+)==([\w.!+-]+)$/.exec(requirement) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** What helps for certain, by what the index has; `undefined` where that is not known, or nothing there helps. */
export function wheelAdvice(facts: FailureFacts, requirement: string): { readonly hint: string; readonly fix?: Fix } | undefined {
  const { wheels, plan } = facts;
  if (!wheels || !plan) return undefined;
  const { asked } = originOf(facts, requirement);
  const name = /^[\w.-]+/.exec(requirement)?.[0] ?? requirement;
  const isAskedFor = normalName(asked) === normalName(name); // another one that brings it along decides its version
  const newer = wheels.newer !== undefined && isAskedFor ? `ask for “${name}>=${wheels.newer}”, the first with a wheel for Python ${plan.python}` : undefined;
  const fix = pythonFix({ python: plan.python, pythons: facts.pythons }, (python) => wheels.pythons.includes(python));
  if (fix) return { hint: `Choose Python ${fix.value} in the app's settings, for which it has a wheel, or ${newer ?? `ask for a newer version of ${asked}`}.`, fix };
  return newer === undefined ? undefined : { hint: `It has a wheel for no Python that is available here: ${newer}.` };
}
