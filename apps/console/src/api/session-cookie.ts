import { cookies } from 'next/headers';
import { consoleConfig } from '#config.ts';

/** The one thing the console holds. The control plane stores only its hash. */
export const SESSION_COOKIE = 'weir_session';

export async function sessionCookie(): Promise<string | undefined> {
  return (await cookies()).get(SESSION_COOKIE)?.value;
}

/** Only a server action may do this. `Secure` goes with https: plain http on `*.localhost` would lose the cookie. */
export async function keepSession(session: string, expiresAt: string): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, session, { httpOnly: true, sameSite: 'lax', path: '/', secure: consoleConfig().secure, expires: new Date(expiresAt) });
}

export async function forgetSession(): Promise<void> {
  (await cookies()).delete(SESSION_COOKIE);
}
