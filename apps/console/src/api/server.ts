import { ApiClient } from '@weir/api-client';
import type { OperationAnswer, OperationId, OperationInput } from '@weir/contracts';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { consoleConfig } from '#config.ts';
import { problemOf } from './problem.ts';
import { sessionCookie, SESSION_COOKIE } from './session-cookie.ts';

/** The client's method with its input always given: it is optional there where there is none, which a generic call cannot show. */
type Call = <O extends OperationId>(operation: O, input: OperationInput<O>, options: { headers: Record<string, string> }) => Promise<OperationAnswer<O>>;

/** Calls the public API as the person who holds the session. Problems are thrown as they come. */
export async function callApi<O extends OperationId>(operation: O, input: OperationInput<O>): Promise<OperationAnswer<O>> {
  await connection(); // the configuration is the running process's, not the build's
  const { apiUrl, origin } = consoleConfig();
  const session = await sessionCookie();
  const client = new ApiClient({ baseUrl: apiUrl });
  const headers = { origin, ...(session !== undefined && { cookie: `${SESSION_COOKIE}=${session}` }) };
  const call = client.call.bind(client) as unknown as Call;
  return call(operation, input, { headers });
}

/** What a page shows. Without a session it leads to the sign-in page, without the thing to "not found". */
export async function readApi<O extends OperationId>(operation: O, input: OperationInput<O>): Promise<OperationAnswer<O>> {
  try {
    return await callApi(operation, input);
  } catch (error) {
    const status = problemOf(error)?.status;
    if (status === 401) redirect('/sign-in');
    if (status === 404 || status === 422) notFound(); // 422: the address is no possible id or hostname
    throw error;
  }
}
