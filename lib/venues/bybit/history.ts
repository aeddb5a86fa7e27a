import * as t from 'io-ts';
import { map } from 'rxjs';
import { monthFrom } from '../../book/candleSpan.js';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { Text } from '../../codec/scalars.js';
import { check } from '../../errors/checks.js';
import { type CandleHistory, historyByCount } from '../../feed/candleHistory.js';
import { pastCandle } from '../../feed/pastCandle.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { BybitInterval } from './candles.js';
import type { Settings } from './options.js';
import { volumesOf } from './volumes.js';

/** Source: docs v5, "Get Kline", read 2026-11-29. Newest first. */
const Row = keyedRow('bybit.pastKline', {
  start: Text, //         ms
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: DecimalText, // as in a candle
  turnover: DecimalText,
});
const Page = frame('bybit.klines', { retCode: t.literal(0), result: frame('bybit.list', { list: t.UnknownArray }) });

/** The most in an answer. */
const PER_PAGE = 1_000;

const lengths: Readonly<Record<string, number>> = { D: 1_440, W: 10_080 };
const lengthOf = (interval: BybitInterval, openTime: number): number =>
  interval === 'M' ? monthFrom(openTime) : 60_000 * (lengths[interval] ?? Number(interval));

/** `kline`; options have none. */
export function historyOf(
  { requests, scheduler, report }: VenueBase,
  { restUrl, category }: Pick<Settings, 'restUrl' | 'category'>,
  instrument: string,
  interval: BybitInterval,
): CandleHistory {
  check('category', category !== 'option', 'another than option, which has no history of candles', category);
  return historyByCount(PER_PAGE, (count, before) => {
    const end = before === undefined ? '' : `&end=${before - 1}`;
    const query = `category=${category}&symbol=${instrument}&interval=${interval}&limit=${count}${end}`;
    return requests.send({ method: 'GET', url: `${restUrl}/v5/market/kline?${query}` }).pipe(
      map((answer) =>
        readRows(`kline.${interval}.${instrument}`, Row, readAnswer(Page, answer).result.list, report, (row) => {
          const { start, open, high, low, close, turnover } = row;
          const exact = { open, high, low, close, volume: volumesOf(category, row.volume, turnover).volume };
          const openTime = Number(start);
          const length = lengthOf(interval, openTime);
          return pastCandle({ instrument, interval, openTime, length, exact }, scheduler.now());
        }),
      ),
    );
  });
}
