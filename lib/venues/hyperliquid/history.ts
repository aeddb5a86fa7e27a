import * as t from 'io-ts';
import { map } from 'rxjs';
import { type CandleHistory, historyByTime } from '../../feed/candleHistory.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { candleOf, type HyperliquidInterval } from './candles.js';
import { CandleFrame } from './frames.js';
import { requestInfo } from './rest.js';

/** The venue answers with no more of a range of times, and keeps the last 5,000 (gitbook, "Info endpoint"). */
const PER_PAGE = 500;
const KEPT = 5_000;

const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  // No month is longer.
  M: 2_678_400_000,
};

/** `candleSnapshot`, by times. */
export const historyOf = (
  base: VenueBase,
  restUrl: string,
  coin: string,
  interval: HyperliquidInterval,
): CandleHistory => {
  const length = Number.parseInt(interval, 10) * (units[interval.slice(-1)] ?? NaN);
  const page = historyByTime(PER_PAGE, length, base, (startTime, endTime) =>
    requestInfo(
      base,
      restUrl,
      { type: 'candleSnapshot', req: { coin, interval, startTime, endTime } },
      t.UnknownArray,
      Math.ceil(PER_PAGE / 60),
    ).pipe(
      map((rows) =>
        readRows(`candle,${coin},${interval}`, CandleFrame, rows, base.report, (row) =>
          candleOf(row, base.scheduler.now()),
        ),
      ),
    ),
  );
  return { ...page, deepest: KEPT };
};
