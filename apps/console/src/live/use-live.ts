'use client';

import type { LiveMessage, Subscribe } from '@weir/contracts';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { dropConnection, setConnection } from './connections.ts';
import { LiveSocket } from './live-socket.ts';

const liveUrl = (): string => `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/live`;

/**
 * Follows topics for as long as the component is on the page.
 *
 * @param key names what is followed; another key is another channel
 * @param topics asked on every connection
 */
export function useLive(key: string, topics: () => readonly Subscribe[], onMessage: (message: LiveMessage) => void): void {
  const router = useRouter();
  const wanted = useEffectEvent(topics);
  const receive = useEffectEvent((message: LiveMessage) => {
    // The session has ended: the sign-in page says what to do.
    if (message.event === 'problem' && message.data.code.startsWith('auth.')) router.replace('/sign-in');
    else onMessage(message);
  });
  const reread = useEffectEvent(() => router.refresh());

  useEffect(() => {
    const channel = Symbol(key);
    let wasLost = false;
    const socket = new LiveSocket({
      url: liveUrl(),
      topics: () => wanted(),
      onMessage: (message) => receive(message),
      onState: (state) => {
        setConnection(channel, state);
        if (state === 'waiting') wasLost = true;
        if (state === 'open' && wasLost) {
          wasLost = false;
          reread(); // what was deleted meanwhile is told by no message
        }
      },
    });
    const hurry = (): void => socket.hurry();
    window.addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
    return () => {
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
      socket.close();
      dropConnection(channel);
    };
  }, [key]);
}
