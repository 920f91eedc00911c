import type { PythonView } from '@weir/contracts';

const NOTES: Record<PythonView['state'], string> = { ready: '', preparing: ', being prepared', 'on-first-need': ', prepared on first use', unavailable: ', not available here' };

/** `Python 3.13, prepared on first use` */
export const pythonWords = ({ version, state }: Pick<PythonView, 'version' | 'state'>): string => `Python ${version}${NOTES[state]}`;
