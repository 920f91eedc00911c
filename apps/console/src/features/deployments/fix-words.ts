import type { FixView } from '@weir/contracts';
import { memoryWords } from '#ui/memory-words.ts';

function change(fix: FixView): string {
  switch (fix.setting) {
    case 'python':
      return `Set Python ${fix.value}`;
    case 'entryFile':
      return `Run ${fix.value}`;
    case 'memoryMib':
      return `Give it ${memoryWords(fix.value)} of memory`;
  }
}

/** What the button of a fix says it does. */
export const fixWords = (fix: FixView): string => `${change(fix)} and deploy again`;
