import fc from 'fast-check';
import type { OrderReport } from 'millrace/testing';
import { type WorkingOrders, afterReport, noOrders, towards } from '../workingOrders.js';

describe('towards', () => {
  it('is never over its budget, and can take all back at any time, whatever the venue reports', () => {
    const price = fc.option(fc.constantFrom('98', '99', '100'), { nil: undefined });
    const step = fc.record({
      after: fc.integer({ min: 0, max: 600 }),
      wanted: fc.record({ buy: price, sell: price }),
      answered: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (steps, perSecond) => {
        const sent: number[] = [];
        let known: WorkingOrders = noOrders;
        let now = 0;
        for (const { after, wanted, answered } of steps) {
          now += after;
          const next = towards(known, wanted, '1', { perSecond }, now);
          known = next.known;
          sent.push(...next.commands.map(() => now));
          for (const command of answered ? next.commands : []) {
            const { id } = command;
            const report: OrderReport =
              command.type === 'place'
                ? { type: 'accepted', id, at: now }
                : { type: 'cancelled', id, at: now, reason: 'asked', remaining: '1' };
            known = afterReport(known, report);
          }
          const lately = sent.filter((at) => at > now - 1_000).length;
          const kept = known.orders.filter(({ isLeaving }) => !isLeaving).length;
          expect(lately + kept).toBeLessThanOrEqual(perSecond);
          for (const side of ['buy', 'sell'] as const) {
            expect(known.orders.filter((order) => order.side === side).length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('forgets what was refused, and counts what was filled', () => {
    const { known } = towards(noOrders, { buy: '98', sell: '102' }, '2', { perSecond: 9 }, 0);
    const refused = afterReport(known, { type: 'rejected', id: '1', at: 0, reason: 'would take' });
    expect(refused.orders.map(({ side }) => side)).toEqual(['sell']);

    const part = afterReport(known, {
      type: 'fill',
      id: '2',
      at: 0,
      instrument: 'BTCUSDT',
      side: 'sell',
      price: 102,
      size: 0.5,
      liquidity: 'maker',
      exact: { price: '102', size: '0.5', fee: '0', remaining: '1.5' },
    });
    expect(part).toMatchObject({ position: -0.5 });
    expect(part.orders).toHaveLength(2);
  });
});
