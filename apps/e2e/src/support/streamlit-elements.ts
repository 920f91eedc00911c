import type { Message } from './streamlit-wire.ts';

/** Fields of `Element.type` that are looked at, and the fields of each that a person reads. */
const READ = new Map<number, readonly number[]>([
  [1, [1]], // text
  [8, [1, 2]], // exception: type, message
  [29, [1]], // markdown, and titles before 1.16
  [30, [1]], // alert
  [42, [1, 2]], // metric: label, value
  [47, [3]], // heading
]);
const WIDGETS = { button: 19, textInput: 24, fileUploader: 33, downloadButton: 43 } as const;

export interface Widget {
  readonly id: string;
  readonly label: string;
  /** Where a download button leads. */
  readonly url: string;
}

/** What a page shows after a run of its script. */
export class StreamlitElements {
  readonly #elements = new Map<string, Message>();

  /** Puts an element in its place, instead of the one that is there. */
  put(path: string, element: Message): void {
    this.#elements.set(path, element);
  }

  clear(): void {
    this.#elements.clear();
  }

  /** All that can be read, a line for each element. */
  text(): string {
    const lines = [...this.#elements.values()].flatMap((element) => [...READ].flatMap(([kind, fields]) => {
      const shown = element.message(kind);
      return shown ? [fields.map((field) => shown.text(field)).join(' ')] : [];
    }));
    return lines.join('\n');
  }

  /** @throws Error if there is no such widget, with what there is instead */
  widget(kind: keyof typeof WIDGETS, label: string): Widget {
    for (const element of this.#elements.values()) {
      const widget = element.message(WIDGETS[kind]);
      if (widget?.text(2) === label) return { id: widget.text(1), label, url: kind === 'downloadButton' ? widget.text(6) : '' };
    }
    throw new Error(`the page has no ${kind} “${label}”, but:\n${this.text()}`);
  }
}
