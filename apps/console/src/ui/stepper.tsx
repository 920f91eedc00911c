import { Minus, Plus } from 'lucide-react';
import { Button } from './button.tsx';
import { TextInput } from './field.tsx';

interface StepperProps {
  /** As typed; not a number while it is being typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly min: number;
  readonly max: number;
  /** What is counted, for the two buttons: "instance". */
  readonly noun: string;
  readonly control: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean };
}

/** A small whole number: typed, or one more, or one fewer. */
export function Stepper({ value, onChange, min, max, noun, control }: StepperProps) {
  const number = Number(value) || min;
  const step = (by: number): void => onChange(String(Math.min(max, Math.max(min, Math.round(number) + by))));
  return (
    <div className="flex items-center gap-1.5">
      <Button className="h-9 w-9 px-0!" aria-label={`One ${noun} fewer`} aria-disabled={number <= min} onClick={() => step(-1)}>
        <Minus size={15} aria-hidden />
      </Button>
      <div className="w-16">
        <TextInput {...control} type="number" inputMode="numeric" min={min} max={max} step={1} value={value} onChange={(event) => onChange(event.target.value)} className="bare-number text-center tabular-nums" />
      </div>
      <Button className="h-9 w-9 px-0!" aria-label={`One ${noun} more`} aria-disabled={number >= max} onClick={() => step(1)}>
        <Plus size={15} aria-hidden />
      </Button>
    </div>
  );
}
