import { describe, expect, it } from 'vitest';
import { Pulse } from './pulse.ts';

const MIB = 2 ** 20;
const looks = (pulse: Pulse, sent: readonly number[]): string[] => sent.map((each) => pulse.look(each));

describe('a pulse', () => {
  it('is asked for only once something was sent, and given up at the fourth look', () => {
    expect(looks(new Pulse(), [0, 0, 9, 9, 9, 9])).toEqual(['nothing', 'nothing', 'nothing', 'ask', 'ask', 'give-up']);
  });

  it('is there with every word, and not asked for while that was the last', () => {
    const pulse = new Pulse();
    expect(looks(pulse, [9, 12, 12])).toEqual(['nothing', 'ask', 'ask']);
    pulse.heard(12);
    expect(looks(pulse, [12, 12, 13, 13, 13, 13])).toEqual(['nothing', 'nothing', 'nothing', 'ask', 'ask', 'give-up']);
  });

  it('is asked for afresh once it was excused', () => {
    const pulse = new Pulse();
    looks(pulse, [9, 9, 9]);
    pulse.excuse();
    expect(looks(pulse, [9, 9, 9, 9])).toEqual(['nothing', 'ask', 'ask', 'give-up']);
  });

  it('has the longer the more lay before the first ping', () => {
    expect(looks(new Pulse(), [9, 3 * MIB, 9 * MIB, 9 * MIB, 9 * MIB, 9 * MIB])).toEqual(['nothing', 'ask', 'ask', 'ask', 'ask', 'give-up']);
  });

  it('has the longer also behind what was sent before its last word, which it may not have read', () => {
    const pulse = new Pulse();
    pulse.look(5 * MIB);
    pulse.heard(5 * MIB);
    expect(looks(pulse, Array.from({ length: 7 }, () => 5 * MIB + 50))).toEqual(['nothing', 'ask', 'ask', 'ask', 'ask', 'ask', 'give-up']);
  });
});
