import * as t from 'io-ts';
import { map } from 'rxjs';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { Text } from '../../codec/scalars.js';
import { type CandleHistory, historyByTime } from '../../feed/candleHistory.js';
import { pastCandle } from '../../feed/pastCandle.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { type KucoinInterval, lengths } from './candles.js';

/** Source: docs of KuCoin, "Get Klines", read 2026-11-29. Newest first; the close is the third. */
const Row = keyedRow('kucoin.pastCandle', {
  start: Text, //         s
  open: DecimalText,
  close: DecimalText,
  high: DecimalText,
  low: DecimalText,
  volume: DecimalText, // base units
});
const Answer = frame('kucoin.pastCandles', { code: t.literal('200000'), data: t.UnknownArray });

/** The most in an answer. */
const PER_PAGE = 1_500;

/** `market/candles`, by times; what is named as the end is left out. */
export const historyOf = (
  base: VenueBase,
  restUrl: string,
  instrument: string,
  interval: KucoinInterval,
): CandleHistory =>
  historyByTime(PER_PAGE, lengths[interval], base, (from, to) => {
    const times = `startAt=${Math.ceil(from / 1_000)}&endAt=${Math.ceil(to / 1_000)}`;
    const url = `${restUrl}/api/v1/market/candles?type=${interval}&symbol=${instrument}&${times}`;
    return base.requests.send({ method: 'GET', url }).pipe(
      map((answer) =>
        readRows(`${instrument}_${interval}`, Row, readAnswer(Answer, answer).data, base.report, (row) => {
          const { start, open, high, low, close, volume } = row;
          const exact = { open, high, low, close, volume };
          const past = { instrument, interval, openTime: 1_000 * Number(start), length: lengths[interval], exact };
          return pastCandle(past, base.scheduler.now());
        }),
      ),
    );
  });
