import fc from 'fast-check';
import { spanOf } from '../../lib/book/candleSpan.js';
import { foldTrade } from '../../lib/book/foldTrade.js';
import type { Candle } from '../../lib/model/candle.js';
import { trade } from '../../lib/testing/builders.js';

const span = spanOf(1_000);
const MICRO = 1_000_000n;
/** A number of millionths and its text. */
const micros = fc.bigInt({ min: 1n, max: 10n ** 20n }).map((units) => ({
  units,
  text: `${units / MICRO}.${(units % MICRO).toString().padStart(6, '0')}`,
}));

describe('foldTrade', () => {
  it('makes of any trades what integers make of them', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ price: micros, size: micros }), { minLength: 1, maxLength: 30 }), (trades) => {
        const candle = trades.reduce<Candle | undefined>(
          (before, { price, size }) => foldTrade(before, trade({ price: price.text, size: size.text }), span),
          undefined,
        );
        const inOrder = trades.map(({ price }) => price).sort((a, b) => (a.units < b.units ? -1 : 1));
        const volume = trades.reduce((sum, { size }) => sum + size.units, 0n);

        expect(candle).toMatchObject({
          exact: {
            open: trades[0]?.price.text,
            high: inOrder.at(-1)?.text,
            low: inOrder[0]?.text,
            close: trades.at(-1)?.price.text,
            volume: `${volume / MICRO}.${(volume % MICRO).toString().padStart(6, '0')}`,
          },
          trades: trades.length,
          closed: false,
        });
        expect(candle?.volume).toBe(Number(candle?.exact.volume));
      }),
    );
  });

  it('begins at a multiple of its length, fractions of a ms included', () => {
    const candle = foldTrade(undefined, trade({ venueTime: 1_999.75, receivedTime: 2_003 }), span);

    expect(candle).toMatchObject({
      interval: '1s',
      openTime: 1_000,
      closeTime: 1_999,
      venueTime: 1_999.75,
      receivedTime: 2_003,
    });
  });
});
