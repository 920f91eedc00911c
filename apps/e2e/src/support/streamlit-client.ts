import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { StreamlitBrowser } from './streamlit-browser.ts';
import { StreamlitElements } from './streamlit-elements.ts';
import { generationOf, type StreamlitGeneration } from './streamlit-generation.ts';
import { rerunScript, said, type WidgetValue } from './streamlit-messages.ts';
import { openStreamlitSocket } from './streamlit-socket.ts';
import { uploadFile } from './streamlit-upload.ts';

export interface StreamlitTarget {
  /** The address that is dialled. */
  readonly gatewayUrl: string;
  /** The app's own URL: its host and origin are what the gateway and Streamlit see. */
  readonly appUrl: string;
  /** Of the app's Streamlit; the newest if not given. */
  readonly version?: string;
}

/** A first run may import pandas on a busy machine. */
const RUN_LIMIT_MS = 60_000;

/** A tab at a Streamlit app without a browser: speaks its protocol and knows what the page shows. */
export class StreamlitClient {
  readonly browser: StreamlitBrowser;
  readonly #generation: StreamlitGeneration;
  readonly #elements = new StreamlitElements();
  /** What a person entered; the server is told all of it with every run, as the front end does. */
  readonly #entered = new Map<string, WidgetValue>();
  #socket: WebSocket | undefined;
  #closed = Promise.withResolvers<number>();
  #run = Promise.withResolvers<void>();
  #session: string | undefined;
  #version = '';
  #runs = 0;
  /** How many had begun when one was asked for: the end of an earlier one is not its end. */
  #runsBefore = 0;

  private constructor({ gatewayUrl, appUrl, version }: StreamlitTarget) {
    this.browser = new StreamlitBrowser(gatewayUrl, appUrl);
    this.#generation = generationOf(version);
  }

  /** Opens an app as a new browser does, and waits for the end of its first run. */
  static async open(target: StreamlitTarget): Promise<StreamlitClient> {
    const client = new StreamlitClient(target);
    await client.browser.ask('/', { headers: { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' } });
    await client.#connect();
    await client.rerun();
    return client;
  }

  /** The server's name for this tab's session, as of the last run. */
  get sessionId(): string {
    return this.#session ?? '';
  }

  /** The version that the server says it is. */
  get version(): string {
    return this.#version;
  }

  /** The code that the present socket was closed with, once it is. */
  get closed(): Promise<number> {
    return this.#closed.promise;
  }

  /** What the page shows, a line for each element. */
  text(): string {
    return this.#elements.text();
  }

  /** Presses a button, and waits for the end of the run it causes. */
  click(label: string): Promise<void> {
    return this.rerun(new Map([[this.#elements.widget('button', label).id, { trigger: true }]]));
  }

  /** Types into a text input, and waits for the end of the run it causes. */
  enter(label: string, text: string): Promise<void> {
    this.#entered.set(this.#elements.widget('textInput', label).id, { text });
    return this.rerun();
  }

  /** Gives a file to an uploader, and waits for the end of the run it causes. */
  async upload(label: string, name: string, bytes: Uint8Array): Promise<void> {
    const widget = this.#elements.widget('fileUploader', label).id;
    const file = await uploadFile({ browser: this.browser, generation: this.#generation, socket: this.#open, session: this.sessionId, widget }, name, bytes);
    this.#entered.set(widget, { file });
    await this.rerun();
  }

  /** What a download button gives. */
  async download(label: string): Promise<Buffer> {
    const { status, body } = await this.browser.ask(this.#elements.widget('downloadButton', label).url);
    if (status !== 200) throw new Error(`the download was answered with ${status}: ${body.toString()}`);
    return body;
  }

  /** Asks for a run of the script, with triggers beside what was entered, and waits for its end. */
  async rerun(triggers: ReadonlyMap<string, WidgetValue> = new Map()): Promise<void> {
    [this.#run, this.#runsBefore] = [Promise.withResolvers<void>(), this.#runs];
    const limit = setTimeout(() => this.#run.reject(new Error(`no run ended within ${RUN_LIMIT_MS} ms`)), RUN_LIMIT_MS);
    this.#open.send(rerunScript(new Map([...this.#entered, ...triggers])));
    await this.#run.promise.finally(() => clearTimeout(limit));
  }

  /** Connects again, as a tab does whose connection was lost: with the id of its session. Nothing is run by it. */
  async reconnect(): Promise<void> {
    await this.close();
    await this.#connect();
  }

  /** Closes the socket and waits until it is. */
  async close(): Promise<void> {
    if (!this.#socket || this.#socket.readyState === this.#socket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  get #open(): WebSocket {
    if (!this.#socket) throw new Error('the tab has no socket');
    return this.#socket;
  }

  async #connect(): Promise<void> {
    const socket = await openStreamlitSocket(this.browser, this.#generation, this.#session);
    const closed = Promise.withResolvers<number>();
    socket.on('message', (data: Buffer) => this.#hear(data));
    socket.once('close', (code) => {
      closed.resolve(code);
      this.#run.reject(new Error(`the socket was closed with ${code}`));
    });
    this.#run.promise.catch(() => undefined); // whoever waits for a run hears of it; if nobody does, it is no error
    [this.#socket, this.#closed] = [socket, closed];
  }

  #hear(data: Buffer): void {
    const heard = said(data);
    switch (heard?.kind) {
      case 'run-began':
        this.#elements.clear();
        this.#runs++;
        [this.#session, this.#version] = [heard.session, heard.version];
        return;
      case 'element':
        return this.#elements.put(heard.path, heard.element);
      case 'run-ended':
        if (this.#runs > this.#runsBefore) this.#run.resolve();
        return;
      case 'file-urls':
      case undefined:
        return;
    }
  }
}
