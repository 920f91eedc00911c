/**
 * Something that changed and was committed. It says where to look, never what is
 * there: a listener reads the present state, so a lost or doubled change does no harm.
 *
 * `id` is the app's, the deployment's or the log's subject; empty for the feeds
 * `instances` and `routes` and for the outbox.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly id: string;
}

export const CHANGE_KINDS = ['app', 'deployment', 'log', 'instances', 'routes', 'outbox'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type ChangeListener = (change: Change) => void;

/**
 * Wakes those who wait: long polls and live channels, in every replica.
 *
 * Delivery is best effort. Whoever waits also looks again by itself now and then.
 */
export abstract class ChangeBus {
  /** Tells every listener of every replica. Called after the commit. */
  abstract publish(change: Change): Promise<void>;

  /** Calls `listener` for each change from now on, until the returned function is called. */
  abstract subscribe(listener: ChangeListener): () => void;

  abstract close(): Promise<void>;
}

/** `kind id`, as it travels. */
export const encodeChange = ({ kind, id }: Change): string => `${kind} ${id}`;

/** The change that `text` carries, or `undefined` if a newer or foreign sender wrote it. */
export function decodeChange(text: string): Change | undefined {
  const [name = '', id = ''] = text.split(' ');
  const kind = CHANGE_KINDS.find((each) => each === name);
  return kind && { kind, id };
}
