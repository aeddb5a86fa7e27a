import { map } from 'rxjs';
import { DecimalText } from '../../codec/decimalText.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { makeCandle } from '../../codec/makeCandle.js';
import { Millis, Sequence } from '../../codec/scalars.js';
import { type CandleHistory, historyByCount } from '../../feed/candleHistory.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Candle } from '../../model/candle.js';
import * as t from 'io-ts';
import type { BinanceInterval } from './candles.js';
import type { Settings } from './options.js';
import { refusedBy } from './refusedBy.js';
import { symbolOf } from './topics.js';

/** `[openTime, open, high, low, close, volume, closeTime, quote volume, trades, …]`, of COIN-M in contracts and base units. */
const Kline = keyedRow('binance.klines', {
  openTime: Millis,
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: DecimalText,
  closeTime: Millis,
  second: DecimalText,
  trades: Sequence,
});

/** The most in an answer: 1,000 on spot, where futures have 1,500 at twice the weight. */
const PER_PAGE = 1_000;

/** `klines`, oldest first. Weights: 2 on spot, by how many there are on futures. Sources: as of the endpoint. */
export const klinesOf = (
  { requests, scheduler, report }: VenueBase,
  { rest, depthPath, market }: Settings,
  symbol: string,
  interval: BinanceInterval,
): CandleHistory =>
  historyByCount(PER_PAGE, (count, before) => {
    const instrument = symbolOf(symbol);
    const end = before === undefined ? '' : `&endTime=${before - 1}`;
    const query = `symbol=${instrument}&interval=${interval}&limit=${count}${end}`;
    const weight = market === 'spot' ? 2 : count < 100 ? 1 : count < 500 ? 2 : 5;
    return requests
      .send({ method: 'GET', url: `${rest}${depthPath.replace(/depth$/, 'klines')}?${query}` }, [1, weight])
      .pipe(
        map((answer) =>
          readRows(`klines ${instrument}`, Kline, readAnswer(t.UnknownArray, answer), report, (row): Candle => {
            const { openTime, open, high, low, close, closeTime, trades } = row;
            const exact = { open, high, low, close, volume: market === 'coinm' ? row.second : row.volume };
            const times = { openTime, closeTime, receivedTime: scheduler.now() };
            return makeCandle({ instrument, interval, ...times, trades, closed: false }, exact);
          }),
        ),
        refusedBy(instrument),
      );
  });
