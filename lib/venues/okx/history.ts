import * as t from 'io-ts';
import { map } from 'rxjs';
import { frame } from '../../codec/frame.js';
import { type CandleHistory, historyByCount } from '../../feed/candleHistory.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import { candleOf, type OkxInterval } from './candles.js';
import { CandleRow } from './frames.js';
import type { Settings } from './options.js';

const Page = frame('okx.pastCandles', { code: t.literal('0'), data: t.UnknownArray });

/** The most in an answer (docs-v5, "Get candlesticks", read 2026-11-29). */
const PER_PAGE = 300;

/** The newest from `market/candles`, which goes back 1,440 of them, older ones from `market/history-candles`. Newest first. */
export const historyOf = (
  { requests, scheduler, report }: VenueBase,
  requestOf: Settings['requestOf'],
  instId: string,
  interval: OkxInterval,
): CandleHistory =>
  historyByCount(PER_PAGE, (count, before) => {
    // What is named is left out.
    const [path, after] = before === undefined ? ['candles', ''] : ['history-candles', `&after=${before}`];
    const request = requestOf(`/api/v5/market/${path}?instId=${instId}&bar=${interval}&limit=${count}${after}`);
    return requests
      .send(request)
      .pipe(
        map((answer) =>
          readRows(`candle${interval}:${instId}`, CandleRow, readAnswer(Page, answer).data, report, (row) =>
            candleOf(instId, interval, row, scheduler.now()),
          ),
        ),
      );
  });
