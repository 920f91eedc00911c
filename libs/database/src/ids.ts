import { type Id, type IdKind, newId } from '@weir/domain';
import { randomBytes } from 'node:crypto';

/** A new id of this kind, by this process's clock and randomness. */
export const mintId = <K extends IdKind>(kind: K): Id<K> => newId(kind, Date.now(), randomBytes(16));
