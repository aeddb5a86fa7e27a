import * as t from 'io-ts';
import { list } from '../../../codec/list.js';
import { map } from 'rxjs';
import { DecimalText } from '../../../codec/decimalText.js';
import { frame } from '../../../codec/frame.js';
import { keyedRow } from '../../../codec/keyedRow.js';
import { Sequence, Text } from '../../../codec/scalars.js';
import type { CandleHistory } from '../../../feed/candleHistory.js';
import { pastCandle } from '../../../feed/pastCandle.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import { type KrakenInterval, lengthOf } from '../intervals.js';

/** Source: docs.kraken.com, "Get OHLC Data", read 2026-11-29. Oldest first. */
const Row = keyedRow('kraken.OHLC', {
  time: Sequence, //     s
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  vwap: DecimalText,
  volume: DecimalText, // base units
  count: Sequence, //    trades
});
const Answer = frame('kraken.OHLCs', { error: list(Text), result: t.UnknownRecord });

/** The venue answers with the newest, and with no others. */
const KEPT = 720;

/** `OHLC`, which takes names as v2 has them. */
export const historyOf = (
  { requests, scheduler, report }: VenueBase,
  restUrl: string,
  instrument: string,
  interval: KrakenInterval,
): CandleHistory => ({
  page: () => {
    const url = `${restUrl}/0/public/OHLC?pair=${instrument}&interval=${interval}&assetVersion=1`;
    return requests.send({ method: 'GET', url }).pipe(
      map((answer) => {
        // Beside the rows under the name of the pair stands `last`.
        const rows = Object.values(readAnswer(Answer, answer).result).find((value) => Array.isArray(value)) ?? [];
        return readRows(`ohlc-${interval}:${instrument}`, Row, t.UnknownArray.is(rows) ? rows : [], report, (row) => {
          const { time, open, high, low, close, volume, count: trades } = row;
          const exact = { open, high, low, close, volume };
          const [openTime, length] = [1_000 * time, lengthOf(interval)];
          return pastCandle({ instrument, interval, openTime, length, exact, trades }, scheduler.now());
        });
      }),
      map((candles) => ({ candles })),
    );
  },
  perPage: KEPT,
  deepest: KEPT,
});
