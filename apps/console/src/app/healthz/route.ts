export const dynamic = 'force-dynamic';

/** Whether this server answers; it says nothing about the control plane. */
export function GET(): Response {
  return Response.json({ ok: true });
}
