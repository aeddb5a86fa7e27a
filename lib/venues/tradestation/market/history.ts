import * as t from 'io-ts';
import { map } from 'rxjs';
import { frame } from '../../../codec/frame.js';
import { type Unread, sparing } from '../../../codec/sparing.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import { type CandleHistory, historyByCount } from '../../../feed/candleHistory.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import { BarFrame } from '../frames.js';
import type { TradestationStreamRequest } from '../topics.js';
import { type TradestationBars, candleOf, mostBars } from './candles.js';

/** Source: the venue's OpenAPI document, "Get Bars", read 2026-11-29. Oldest first, as the stream has them. */
const Answer = frame('tradestation.Bars', { Bars: t.UnknownArray });

/** As many as are asked for at once; the venue answers with up to 57,600. */
const PER_PAGE = 1_000;
const SECOND = 1_000;

/** Whose past is wanted, and how it is had. */
export interface BarHistoryConfig {
  readonly base: Pick<VenueBase, 'scheduler' | 'report'>;
  readonly request: AuthorizedRequest;
  /** The stream of the same bars. */
  readonly stream: TradestationStreamRequest;
  readonly symbol: string;
  readonly bars: TradestationBars;
  /** Told of what of a bar can't be read. */
  readonly unread: Unread;
}

/**
 * `barcharts`, which counts back from a time. The time of a bar is its end, and the venue does not say whether a bar that ends
 * at `lastdate` is among them: a second more makes no difference but that.
 */
export function historyOf(config: BarHistoryConfig): CandleHistory {
  const { base, request, stream, symbol, bars, unread } = config;
  const codec = sparing(BarFrame, [], unread);
  return {
    ...historyByCount(PER_PAGE, (count, before) => {
      const last = before === undefined ? {} : { lastdate: secondsText(before + SECOND) };
      const query = new URLSearchParams({ ...stream.query, barsback: String(count), ...last }).toString();
      return request(`/v3/marketdata/barcharts/${encodeURIComponent(symbol)}?${query}`, Answer).pipe(
        map(({ Bars: rows }) =>
          readRows(stream.key, codec, rows, base.report, (bar) => {
            const said = candleOf(symbol, bars, bar, base.scheduler.now());
            // Where the venue does not say it, the last one may be the present one; joining closes those before it.
            const candle = typeof bar.BarStatus === 'string' ? said : { ...said, closed: false };
            return before === undefined || candle.openTime < before ? candle : undefined;
          }),
        ),
      );
    }),
    deepest: mostBars(bars),
  };
}

/** `2026-11-29T18:00:00Z` */
const secondsText = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
