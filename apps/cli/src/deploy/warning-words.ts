import type { WarningView } from '@weir/contracts';
import type { z } from 'zod';

/** A warning in a line: where, what, and what mends it. */
export const warningWords = ({ place, message, hint }: z.infer<typeof WarningView>): string => [place && `${place.path}:${place.line}:`, message, hint].filter((part) => part !== undefined).join(' ');
