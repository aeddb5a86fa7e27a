import * as t from 'io-ts';
import { map } from 'rxjs';
import { parseExact } from '../../codec/losslessJson.js';
import { type CandleHistory, historyByCount } from '../../feed/candleHistory.js';
import { readPart } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { type BitfinexInterval, candleOf } from './candles.js';
import { CandleRow } from './frames.js';

/** The most in an answer (docs of Bitfinex, "Candles", read 2026-11-29). */
const PER_PAGE = 10_000;

/** `candles/…/hist`, newest first, in rows as those of the stream. */
export const historyOf = (
  { requests, scheduler, report }: VenueBase,
  restUrl: string,
  instrument: string,
  interval: BitfinexInterval,
): CandleHistory =>
  historyByCount(PER_PAGE, (count, before) => {
    const end = before === undefined ? '' : `&end=${before - 1}`;
    const key = `trade:${interval}:${instrument}`;
    return requests
      .send({ method: 'GET', url: `${restUrl}/v2/candles/${key}/hist?limit=${count}${end}` })
      .pipe(
        map(({ body }) =>
          readRows(key, CandleRow, readPart(t.UnknownArray, parseExact(body)), report, (row) =>
            candleOf(instrument, interval, row, scheduler.now()),
          ),
        ),
      );
  });
