import { encode, type Field, Message } from './streamlit-wire.ts';

/*
 * Streamlit's messages (proto/*.proto of its wheels). The numbers below are the same in 1.12, 1.28,
 * 1.38, 1.46, 1.57 and 1.67; what is not in an old version is left out there.
 */

export interface UploadedFile {
  readonly id: string;
  readonly uploadUrl: string;
  readonly deleteUrl: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/** The value of one widget. Of a file without URLs (Streamlit before 1.28) the id is a number. */
export type WidgetValue = { readonly trigger: true } | { readonly text: string } | { readonly file: UploadedFile };

const UPLOADED_FILE = { id: 1, name: 2, size: 3, fileId: 4, fileUrls: 5 } as const;

/** A number for a field of type `sint64`, which is written doubled. */
const signed = (value: number): number => value * 2;

function fileFields({ id, uploadUrl, deleteUrl, name, sizeBytes }: UploadedFile): Field[] {
  const common: Field[] = [[UPLOADED_FILE.name, name], [UPLOADED_FILE.size, sizeBytes]];
  if (uploadUrl === '') return [[UPLOADED_FILE.id, signed(Number(id))], ...common];
  return [...common, [UPLOADED_FILE.fileId, id], [UPLOADED_FILE.fileUrls, encode([[1, id], [2, uploadUrl], [3, deleteUrl]])]];
}

function widgetField(id: string, value: WidgetValue): Field {
  if ('trigger' in value) return [1, encode([[1, id], [2, true]])];
  if ('text' in value) return [1, encode([[1, id], [6, value.text]])];
  const newest: Field[] = value.file.uploadUrl === '' ? [[1, signed(Number(value.file.id))]] : []; // `max_file_id`
  return [1, encode([[1, id], [13, encode([...newest, [2, encode(fileFields(value.file))]])]])];
}

/** Asks for a run of the script with these values of its widgets. */
export function rerunScript(widgets: ReadonlyMap<string, WidgetValue>): Buffer {
  const states = encode([...widgets].map(([id, value]) => widgetField(id, value)));
  return encode([[11, encode([[2, states]])]]);
}

/** Asks where a file may be put. */
export function fileUrlsRequest(request: string, name: string, session: string): Buffer {
  return encode([[16, encode([[1, request], [2, name], [3, session]])]]);
}

/** What a server says, as far as it is looked at. */
export type Said =
  | { readonly kind: 'run-began'; readonly session: string; readonly version: string }
  | { readonly kind: 'run-ended' }
  | { readonly kind: 'element'; readonly path: string; readonly element: Message }
  | { readonly kind: 'file-urls'; readonly request: string; readonly id: string; readonly uploadUrl: string; readonly deleteUrl: string };

/** `FINISHED_EARLY_FOR_RERUN`: another run follows at once. */
const ENDED_FOR_ANOTHER = 2;

/** Reads a message of a server; nothing if it is about none of these. */
export function said(bytes: Buffer): Said | undefined {
  const message = new Message(bytes);
  const started = message.message(4)?.message(1);
  if (started) return { kind: 'run-began', session: started.text(6), version: started.message(3)?.text(1) ?? '' };
  if (message.has(6)) return message.number(6) === ENDED_FOR_ANOTHER ? undefined : { kind: 'run-ended' };
  const element = message.message(5)?.message(3);
  if (element) return { kind: 'element', path: message.message(2)?.numbers(2).join('.') ?? '', element };
  const urls = message.message(19);
  const url = urls?.message(2);
  if (urls && url) return { kind: 'file-urls', request: urls.text(1), id: url.text(1), uploadUrl: url.text(2), deleteUrl: url.text(3) };
  return undefined;
}
