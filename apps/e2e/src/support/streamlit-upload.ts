import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Answer, StreamlitBrowser } from './streamlit-browser.ts';
import type { StreamlitGeneration } from './streamlit-generation.ts';
import { fileUrlsRequest, said, type UploadedFile } from './streamlit-messages.ts';

interface Uploader {
  readonly browser: StreamlitBrowser;
  readonly generation: StreamlitGeneration;
  readonly socket: WebSocket;
  readonly session: string;
  readonly widget: string;
}

/** Brings a file's bytes to the session's server; what it answers is the widget's new value. */
export async function uploadFile({ browser, generation, socket, session, widget }: Uploader, name: string, bytes: Uint8Array): Promise<UploadedFile> {
  const send = async (method: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set(name, new Blob([Uint8Array.from(bytes)]), name);
    const request = new Request('http://form', { method, body: form }); // only to have the form written
    const headers = { 'content-type': request.headers.get('content-type') ?? '', 'x-xsrftoken': browser.cookie(generation.xsrfCookie) };
    const answer = await browser.ask(path, { method, headers, body: await request.bytes() });
    if (answer.status !== 200 && answer.status !== 204) throw new Error(`the upload was answered with ${answer.status}: ${answer.body.toString()}`);
    return answer;
  };
  if (generation.uploads === 'post') {
    const { body } = await send('POST', '/upload_file', { sessionId: session, widgetId: widget });
    return { id: body.toString(), uploadUrl: '', deleteUrl: '', name, sizeBytes: bytes.length };
  }
  const { id, uploadUrl, deleteUrl } = await askForUrls(socket, name, session);
  await send('PUT', uploadUrl, {});
  return { id, uploadUrl, deleteUrl, name, sizeBytes: bytes.length };
}

/** Where a file may be put; asked and answered over the socket. */
function askForUrls(socket: WebSocket, name: string, session: string): Promise<{ id: string; uploadUrl: string; deleteUrl: string }> {
  const request = randomUUID();
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the socket was closed before it said where a file may be put'));
    const hear = (data: Buffer) => {
      const heard = said(data);
      if (heard?.kind !== 'file-urls' || heard.request !== request) return;
      socket.off('message', hear).off('close', closed);
      resolve(heard);
    };
    socket.on('message', hear).once('close', closed);
    socket.send(fileUrlsRequest(request, name, session));
  });
}
