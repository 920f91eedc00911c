import type { AccessRequest, Framework } from '@weir/domain';
import type { Visit } from './visit.ts';
import { isPagePart, isStreamlit } from '../tab/streamlit-paths.ts';
import { isPerson } from './person.ts';

/** What a visit wants of an app, as far as that can be told. */
export interface Intent extends AccessRequest {
  /** `GET` or `HEAD`. */
  readonly isRead: boolean;
  /** Somebody uses the app with it: opens a document, or sends something. */
  readonly isUse: boolean;
}

export function readIntent({ facts, rawHeaders }: Pick<Visit, 'facts' | 'rawHeaders'>, framework: Framework): Intent {
  const { method, navigation, path } = facts;
  const document = navigation && !(isStreamlit(framework) && isPagePart(path));
  const isRead = method === 'GET' || method === 'HEAD';
  const mayBeUse = document || (!isRead && method !== 'OPTIONS');
  const person = mayBeUse && isPerson(facts, rawHeaders);
  return { document, isRead, person, isUse: person };
}
