import type { TrueMarket, TrueTrade } from '../../lib/simulation/index.js';

const tradesOf = (market: TrueMarket): readonly TrueTrade[] => {
  const trades = market.instrument('BTCUSDT')?.tape.tradesAfter(0) ?? [];
  if (trades[0]?.id !== 1) throw new Error('the tape has forgotten trades');
  return trades;
};

/** Open, high, low, close, volume and quote volume of trades. */
function summed(trades: readonly TrueTrade[]): readonly number[] {
  const prices = trades.map(({ price }) => Number(price));
  const volume = trades.reduce((sum, { size }) => sum + Number(size), 0);
  const quote = trades.reduce((sum, { price, size }) => sum + Number(price) * Number(size), 0);
  return [prices[0] ?? 0, Math.max(...prices), Math.min(...prices), prices.at(-1) ?? 0, volume, quote];
}

const isNear = (some: readonly number[], others: readonly number[]): boolean =>
  some.every((one, place) => Math.abs(one - (others[place] ?? NaN)) < 1e-6);

/**
 * Whether the market's trades make that candle (open, high, low, close, volume), from its opening on: all of them, or the
 * first few of one that still grows. Where nobody traded it stands at the price before.
 */
export function isTrueCandle(
  market: TrueMarket,
  [opens = 0, ...figures]: readonly number[],
  width: number,
  isWhole = false,
): boolean {
  const all = tradesOf(market);
  const own = all.filter(({ at }) => at >= opens && at < opens + width);
  if (figures[4] === 0) {
    const before = all.filter(({ at }) => at < opens).at(-1);
    const [price = 0] = figures;
    // Before the first trade of all it stands where the market began.
    const isFlat = figures.slice(0, 4).every((one) => one === price);
    return isFlat && (before === undefined || Number(before.price) === price) && !(isWhole && own.length > 0);
  }
  if (isWhole) return isNear(figures, summed(own));
  return own.some((_, place) => isNear(figures, summed(own.slice(0, place + 1))));
}

/** Of a day that began before the market did: last, open, high, low, volume and quote volume up to a moment. */
export function isTrueDay(market: TrueMarket, at: number, figures: readonly number[]): boolean {
  const [open = 0, high = 0, low = 0, last = 0, ...sums] = summed(tradesOf(market).filter((trade) => trade.at <= at));
  return isNear(figures, [last, open, high, low, ...sums]);
}
