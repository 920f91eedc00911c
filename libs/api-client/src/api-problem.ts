import { Problem } from '@weir/contracts';

/** The API refused. `problem` is what it said, fit to be shown to a person as it is. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** What an answer that is not a success says; made up where it is no problem document (a proxy's page, say). */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const parsed = Problem.safeParse(parseJson(text));
  if (parsed.success) return new ApiProblem(parsed.data);
  return new ApiProblem({ type: 'about:blank', title: response.statusText || 'Error', status: response.status, code: 'http.unexpected', detail: `The server answered ${response.status} without saying why.` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the caller has its own words for that
  }
}
