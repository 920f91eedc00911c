import { compareVersions } from './compare-versions.ts';
import { FRAMEWORKS, UNKNOWN } from './framework-table.ts';
import type { Framework, FrameworkProfile } from './framework.ts';

/** A route or an instance is asked about for each request, and keeps its framework for as long as it lives. */
const KNOWN = new WeakMap<Framework, FrameworkProfile>();

/** The profile of a framework in its version, the newest where that is not known; of an unknown one, what holds for most. */
export function profileOf(framework: Framework): FrameworkProfile {
  const known = KNOWN.get(framework);
  if (known) return known;
  const profile = findProfile(framework);
  KNOWN.set(framework, profile);
  return profile;
}

function findProfile({ name, version }: Framework): FrameworkProfile {
  if (!isKnown(name)) return UNKNOWN;
  const generations = FRAMEWORKS[name];
  const own = version === null ? undefined : generations.find(({ from }) => compareVersions(version, from) >= 0);
  return (own ?? generations[0]).profile;
}

const isKnown = (name: string): name is keyof typeof FRAMEWORKS => Object.hasOwn(FRAMEWORKS, name);
