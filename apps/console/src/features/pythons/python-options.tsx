import type { PythonView } from '@weir/contracts';
import { pythonWords } from './python-words.ts';

/** What a choice of Python offers. */
export function PythonOptions({ pythons }: { readonly pythons: readonly Pick<PythonView, 'version' | 'state'>[] }) {
  return (
    <>
      <option value="">As the repository says</option>
      {pythons.map((python) => (
        <option key={python.version} value={python.version}>
          {pythonWords(python)}
        </option>
      ))}
    </>
  );
}
