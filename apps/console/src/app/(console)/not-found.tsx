import type { Metadata } from 'next';
import { ButtonLink } from '#ui/button.tsx';
import { MessagePage } from '#ui/message-page.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage title="There is nothing here" action={<ButtonLink href="/">All apps</ButtonLink>}>
      <p>The app or deployment was deleted, or the address was mistyped.</p>
    </MessagePage>
  );
}
