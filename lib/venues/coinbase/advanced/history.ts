import * as t from 'io-ts';
import { map } from 'rxjs';
import { DecimalText } from '../../../codec/decimalText.js';
import { frame } from '../../../codec/frame.js';
import { Text } from '../../../codec/scalars.js';
import { type CandleHistory, historyByTime } from '../../../feed/candleHistory.js';
import { pastCandle } from '../../../feed/pastCandle.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';

/** Source: docs of Advanced Trade, "Get Public Product Candles", read 2026-11-29. Newest first. */
const Row = frame('coinbase.pastCandle', {
  start: Text, //         s
  low: DecimalText,
  high: DecimalText,
  open: DecimalText,
  close: DecimalText,
  volume: DecimalText, // base units
});
const Answer = frame('coinbase.pastCandles', { candles: t.UnknownArray });

/** Of the 350 that an answer may have. */
const PER_PAGE = 300;
const length = 300_000;

/** `market/products/…/candles` of five minutes, the only ones that are streamed. */
export const historyOf = (base: VenueBase, restUrl: string, instrument: string): CandleHistory =>
  historyByTime(PER_PAGE, length, base, (from, to) => {
    const times = `start=${Math.ceil(from / 1_000)}&end=${Math.floor(to / 1_000)}`;
    const path = `/api/v3/brokerage/market/products/${instrument}/candles?${times}&granularity=FIVE_MINUTE&limit=350`;
    return base.requests.send({ method: 'GET', url: `${restUrl}${path}` }).pipe(
      map((answer) =>
        readRows(`candles:${instrument}`, Row, readAnswer(Answer, answer).candles, base.report, (row) => {
          const { start, open, high, low, close, volume } = row;
          const exact = { open, high, low, close, volume };
          const past = { instrument, interval: '5m', openTime: 1_000 * Number(start), length, exact };
          return pastCandle(past, base.scheduler.now());
        }),
      ),
    );
  });
