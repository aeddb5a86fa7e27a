import { CandleSeries, type TapeCandle } from '../../../lib/simulation/market/candleSeries.js';
import { DayStatistics } from '../../../lib/simulation/market/dayStatistics.js';
import { instrumentOf } from '../../../lib/simulation/market/instrumentSpec.js';
import type { TapeTrade } from '../../../lib/simulation/market/tape.js';
import { Units } from '../../../lib/simulation/market/units.js';

const units = new Units(instrumentOf('SOLUSDT'), 0);
const trade = (id: number, at: number, tick: number, lots: number, side: 'buy' | 'sell'): TapeTrade => ({
  id,
  at,
  tick,
  lots,
  side,
  price: units.priceText(tick),
  size: units.sizeText(lots),
});
const trades = [
  trade(1, 1_000, 5, 10, 'buy'),
  trade(2, 2_000, 9, 20, 'sell'),
  trade(3, 3_000, 2, 5, 'buy'),
  trade(4, 61_000, 3, 1, 'sell'),
];

describe('CandleSeries', () => {
  it('gathers the trades of an interval, and closes it with the first look after its end', () => {
    const closed: TapeCandle[] = [];
    const series = new CandleSeries('1m', units, (candle) => closed.push(candle), 0, 0);

    for (const each of trades) series.add(each);

    expect(closed).toEqual([
      {
        openTime: 0,
        closeTime: 59_999,
        open: 5,
        high: 9,
        low: 2,
        close: 2,
        lots: 35,
        quote: units.quote(5, 10) + units.quote(9, 20) + units.quote(2, 5),
        takerLots: 15,
        takerQuote: units.quote(5, 10) + units.quote(2, 5),
        trades: 3,
        firstTrade: 1,
        lastTrade: 3,
      },
    ]);
    expect(series.current).toMatchObject({ openTime: 60_000, open: 3, close: 3, lots: 1, trades: 1, firstTrade: 4 });
  });

  it('stands at the last price while nothing trades', () => {
    const series = new CandleSeries('1m', units, () => undefined, 0, 0);
    series.add(trade(1, 10, 7, 1, 'buy'));
    series.roll(200_000);

    expect(series.current).toMatchObject({ openTime: 180_000, open: 7, high: 7, low: 7, close: 7, lots: 0, trades: 0 });
  });
});

describe('DayStatistics', () => {
  it('joins the minutes of the last day, and forgets those before', () => {
    const day = new DayStatistics(units, 0);
    for (const each of trades) day.add(each);

    expect(day.at(100_000)).toMatchObject({ open: 5, high: 9, low: 2, close: 3, lots: 36, trades: 4, lastTrade: 4 });
    expect(day.at(86_400_000 + 60_000)).toMatchObject({ open: 3, high: 3, low: 3, close: 3, lots: 1, trades: 1 });
  });
});
