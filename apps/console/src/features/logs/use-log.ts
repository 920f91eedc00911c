'use client';

import type { Subscribe } from '@weir/contracts';
import { useState } from 'react';
import { useLive } from '#live/use-live.ts';
import { appendLines, EMPTY_WINDOW, type LogWindow } from './log-window.ts';

type LogTopic = Extract<Subscribe, { topic: 'build-log' | 'app-log' }>;
/** A log to follow, by its topic without where to go on. */
export type LogSubject = { [T in LogTopic as T['topic']]: Omit<T, 'after'> }[LogTopic['topic']];

/** A log's lines, as they come. A lost channel goes on after the last line it showed. */
export function useLog(subject: LogSubject): LogWindow {
  const [log, setLog] = useState(EMPTY_WINDOW);
  useLive(
    JSON.stringify(subject),
    () => [{ ...subject, after: log.last }],
    (message) => {
      if (message.event === 'log' && message.data.topic === subject.topic) setLog((now) => appendLines(now, message.data.lines, message.data.ended));
    },
  );
  return log;
}
