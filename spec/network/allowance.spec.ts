import { makeAllowance } from '../../lib/network/allowance.js';

describe('Allowance', () => {
  it('has room again as what was spent leaves the window', () => {
    const allowance = makeAllowance({ limit: 10, window: 100 });
    allowance.spend(4, 0);
    allowance.spend(4, 30);

    expect(allowance.waitFor(2, 40)).toBe(0);
    expect(allowance.waitFor(3, 40)).toBe(60);
    expect(allowance.waitFor(6, 40)).toBe(60);
    expect(allowance.waitFor(7, 40)).toBe(90);
    expect(allowance.waitFor(6, 100)).toBe(0);
  });

  it('keeps the window, and its margin: what was held up on the way comes closer to what follows', () => {
    const allowance = makeAllowance({ limit: 2, window: 100, margin: 25 });
    allowance.spend(2, 0);

    expect(allowance.waitFor(1, 0)).toBe(125);
    expect(allowance.waitFor(1, 124)).toBe(1);
    expect(allowance.waitFor(1, 125)).toBe(0);
  });

  it('takes more than the limit as the limit', () => {
    const allowance = makeAllowance({ limit: 10, window: 100 });
    expect(allowance.waitFor(50, 0)).toBe(0);
    allowance.spend(50, 0);

    expect(allowance.waitFor(1, 0)).toBe(100);
    expect(allowance.waitFor(1, 100)).toBe(0);
  });

  it('has what costs nothing go at any time', () => {
    const allowance = makeAllowance({ limit: 1, window: 100 });
    allowance.spend(1, 0);

    expect(allowance.waitFor(0, 0)).toBe(0);
  });

  it('waits no longer than a window where the clock was set back', () => {
    const allowance = makeAllowance({ limit: 1, window: 100 });
    allowance.spend(1, 1_000_000);

    expect(allowance.waitFor(1, 5_000)).toBe(100);
    expect(allowance.waitFor(1, 5_100)).toBe(0);
  });
});
