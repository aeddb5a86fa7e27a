import fc from 'fast-check';
import { Pacer } from '../../lib/socket/pacer.js';
import { Clock } from '../support/fakeVenue.js';

describe('Pacer', () => {
  it('lets everything through where there is no rate', () => {
    const pacer = new Pacer(undefined, new Clock());
    for (let i = 0; i < 1_000; i += 1) pacer.take();

    expect(pacer.wait()).toBe(0);
  });

  it('has the one over the limit wait until the first leaves the window', () => {
    const clock = new Clock();
    const pacer = new Pacer({ limit: 2, window: 1_000 }, clock);
    pacer.take();
    clock.advance(300);
    pacer.take();
    clock.advance(300);

    expect(pacer.wait()).toBe(400);
    clock.advance(400);
    expect(pacer.wait()).toBe(0);
  });

  it('never lets more through than the rate, in any window, and never waits longer than it must', () => {
    const rate = fc.record({ limit: fc.integer({ min: 1, max: 6 }), window: fc.integer({ min: 1, max: 1_000 }) });
    fc.assert(
      fc.property(rate, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (limits, pauses) => {
        const clock = new Clock();
        const pacer = new Pacer(limits, clock);
        const sent: number[] = [];
        for (const pause of pauses) {
          clock.advance(pause);
          const wait = pacer.wait();
          clock.advance(wait);
          expect(pacer.wait()).toBe(0);
          const before = sent[sent.length - limits.limit];
          // Had it waited a moment less, it would have been one too many.
          if (wait > 0) expect(clock.now()).toBe((before ?? NaN) + limits.window);
          if (before !== undefined) expect(clock.now() - before).toBeGreaterThanOrEqual(limits.window);
          pacer.take();
          sent.push(clock.now());
        }
      }),
    );
  });
});
