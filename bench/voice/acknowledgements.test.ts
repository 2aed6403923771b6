import { describe, expect, it } from 'vitest';
import { AcknowledgementDelays } from './acknowledgements.ts';

describe('acknowledgement delays', () => {
  it('count from each frame until the first acknowledgement that covers all of it', () => {
    const delays = new AcknowledgementDelays();
    delays.sent(640, 1_000);
    delays.sent(1_280, 1_040);
    delays.sent(1_920, 1_080);
    delays.acknowledged(1_300, 1_100);
    delays.acknowledged(1_920, 1_250);
    expect(delays.between(0, 2_000, 2_000)).toEqual([100, 60, 170]);
  });
  it('give what still waits the age it has', () => {
    const delays = new AcknowledgementDelays();
    delays.sent(640, 1_000);
    delays.acknowledged(639, 1_010);
    expect(delays.between(0, 2_000, 3_500)).toEqual([2_500]);
  });
  it('belong to the moment the frame was sent', () => {
    const delays = new AcknowledgementDelays();
    delays.sent(640, 1_000);
    delays.sent(1_280, 2_000);
    delays.acknowledged(1_280, 2_010);
    expect(delays.between(1_500, 2_500, 3_000)).toEqual([10]);
    delays.forgetBefore(1_500);
    expect(delays.between(0, 3_000, 3_000)).toEqual([10]);
  });
  it('survive a long session', () => {
    const delays = new AcknowledgementDelays();
    for (let frame = 0; frame < 1_000; frame += 1) {
      delays.sent((frame + 1) * 640, frame * 40);
      delays.acknowledged((frame + 1) * 640, frame * 40 + 5);
    }
    expect(new Set(delays.between(0, 40_000, 50_000))).toEqual(new Set([5]));
    expect(delays.between(0, 40_000, 50_000)).toHaveLength(1_000);
  });
});
