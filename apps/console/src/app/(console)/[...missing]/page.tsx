import { notFound } from 'next/navigation';

/** Any other address: "not found", inside the console's frame. */
export default function MissingPage(): never {
  notFound();
}
