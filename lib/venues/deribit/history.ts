import * as t from 'io-ts';
import { map } from 'rxjs';
import { frame } from '../../codec/frame.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { Millis, Text } from '../../codec/scalars.js';
import { type CandleHistory, historyByTime } from '../../feed/candleHistory.js';
import { pastCandle } from '../../feed/pastCandle.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { type DeribitResolution, lengthOf } from './candles.js';

/** A list for each figure. Source: docs.deribit.com, "public/get_tradingview_chart_data", read 2026-11-29. */
const Chart = frame('deribit.chart', {
  status: Text, //  `ok`, `no_data`
  ticks: t.UnknownArray,
  open: t.UnknownArray,
  high: t.UnknownArray,
  low: t.UnknownArray,
  close: t.UnknownArray,
  volume: t.UnknownArray,
});
const Answer = frame('deribit.get_tradingview_chart_data', { result: Chart });
const Row = frame('deribit.pastCandle', {
  tick: Millis,
  open: LooseDecimal,
  high: LooseDecimal,
  low: LooseDecimal,
  close: LooseDecimal,
  volume: LooseDecimal,
});

/** How many an answer may have is told nowhere; this many are none too many. */
const PER_PAGE = 1_000;

/** `get_tradingview_chart_data`, by times. */
export const historyOf = (
  base: VenueBase,
  restUrl: string,
  instrument: string,
  interval: DeribitResolution,
): CandleHistory =>
  historyByTime(PER_PAGE, lengthOf(interval), base, (from, to) => {
    const times = `start_timestamp=${from}&end_timestamp=${to}`;
    const path = `/api/v2/public/get_tradingview_chart_data?instrument_name=${instrument}&${times}&resolution=${interval}`;
    return base.requests.send({ method: 'GET', url: `${restUrl}${path}` }).pipe(
      map((answer) => {
        const { ticks, open, high, low, close, volume } = readAnswer(Answer, answer).result;
        const rows = ticks.map((tick, i) => {
          return { tick, open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i] };
        });
        return readRows(`chart.trades.${instrument}.${interval}`, Row, rows, base.report, ({ tick, ...exact }) => {
          const past = { instrument, interval, openTime: tick, length: lengthOf(interval), exact };
          return pastCandle(past, base.scheduler.now());
        });
      }),
    );
  });
