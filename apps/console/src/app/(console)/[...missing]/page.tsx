import type { Metadata } from 'next';
import { notFound } from 'next/navigation';

export const metadata: Metadata = { title: 'Not found' };

/** Any other address: "not found", inside the console's frame. */
export default function MissingPage(): never {
  notFound();
}
