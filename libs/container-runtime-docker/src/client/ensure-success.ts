/** Awaits an engine call, taking the listed statuses for done: what is gone already need not be removed. */
export async function ensureSuccess(call: Promise<unknown>, alsoFine: readonly number[]): Promise<void> {
  await call.catch((error: { statusCode?: number }) => {
    if (!alsoFine.includes(error.statusCode ?? 0)) throw error;
  });
}
