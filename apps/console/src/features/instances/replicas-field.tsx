import type { AppView } from '@weir/contracts';
import { MOST_REPLICAS } from '@weir/domain';
import { Field } from '#ui/field.tsx';
import { Stepper } from '#ui/stepper.tsx';
import { wholeNumber } from '#ui/whole-number.ts';
import { scaleWords } from './scale-words.ts';

/** The number of instances that a text means, or `undefined` if it means none that can be had. */
export const replicasOf = (text: string): number | undefined => wholeNumber(text, 1, MOST_REPLICAS);

interface ReplicasFieldProps {
  readonly app: AppView;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: string | undefined;
}

/** How many instances, and what follows from it, before it is done. */
export function ReplicasField({ app, value, onChange, problem }: ReplicasFieldProps) {
  const replicas = replicasOf(value);
  const refused = replicas === undefined ? `A whole number from 1 to ${MOST_REPLICAS}.` : problem;
  return (
    <Field label="Instances" problem={refused} hint={replicas !== undefined && scaleWords(app, replicas)}>
      {(control) => <Stepper control={control} value={value} onChange={onChange} min={1} max={MOST_REPLICAS} noun="instance" />}
    </Field>
  );
}
