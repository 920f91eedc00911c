/** The four status hues, and the one that is none. */
export type Tone = 'ready' | 'working' | 'attention' | 'failed' | 'idle';

export const TONE_TEXT: Record<Tone, string> = {
  ready: 'text-ready',
  working: 'text-working',
  attention: 'text-attention',
  failed: 'text-failed',
  idle: 'text-muted',
};

export const TONE_BOX: Record<Tone, string> = {
  ready: 'bg-ready-tint border-ready-line text-ready',
  working: 'bg-working-tint border-working-line text-working',
  attention: 'bg-attention-tint border-attention-line text-attention',
  failed: 'bg-failed-tint border-failed-line text-failed',
  idle: 'bg-sunken border-line text-muted',
};
