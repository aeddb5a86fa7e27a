import * as t from 'io-ts';
import { type Observable, ReplaySubject, map, switchMap, take, tap } from 'rxjs';
import { isJsonObject } from '../../codec/jsonObject.js';
import { flatten } from '../../feed/flatten.js';
import { type CandleHistory, historyByCount } from '../../feed/candleHistory.js';
import { candlesWith, type CandleChannels, type CandleOptions } from '../../feed/joinCandles.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { Requests } from '../../feed/requests.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { VenueCore } from '../../feed/venueCore.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { candleOf } from './candles.js';
import { Bar } from './frames.js';

/** The names of widths, in ms. Where a server does not know them it has bars of one width, those of the stream. */
const names = new Map([
  ...[1, 5, 15, 30].map((seconds) => [1_000 * seconds, `${seconds}S`] as const),
  ...[1, 3, 5, 15, 30, 60, 120, 240, 360, 480, 720].map((minutes) => [60_000 * minutes, `${minutes}`] as const),
  [86_400_000, '1D'],
  [259_200_000, '3D'],
  [604_800_000, '1W'],
  ...[28, 29, 30, 31].map((days) => [86_400_000 * days, '1M'] as const),
]);

/** As much as is asked for at once; the venue answers with up to 18,000. */
const PER_PAGE = 1_000;

/** A list, or since v0.4 a page with one. */
const Answer = new t.Type<readonly unknown[], unknown>(
  'tplus.Klines',
  (u): u is readonly unknown[] => Array.isArray(u),
  (u, c) => t.UnknownArray.validate(isJsonObject(u) ? u['items'] : u, c),
  t.identity,
);

/** Of which asset bars are wanted, and how they are had. */
export interface Bars {
  readonly asset: string;
  readonly spec: ChannelSpec<readonly Candle[]>;
  readonly options: CandleOptions | undefined;
  /** The market data service. */
  readonly url: string;
  readonly requests: Requests;
}

/**
 * Bars, with so many of the past before them where that is wanted. Their width is the server's setting, so the past is asked
 * for when a first one was heard.
 */
export function barsWithHistory(base: VenueBase, core: VenueCore, bars: Bars): Observable<Candle> {
  const { spec } = bars;
  const width = new ReplaySubject<number>(1);
  const hear = ({ openTime, closeTime }: Candle): void => {
    width.next(closeTime + 1 - openTime);
  };
  const heard: CandleChannels = {
    channel: (source) =>
      core.channel(source).pipe(
        tap((event) => {
          if (event.type === 'message') [event.value].flat().forEach(hear);
        }),
      ),
  };
  const live = (): Observable<Candle> => core.current(spec).pipe(flatten((all) => all));
  return candlesWith({ base, core: heard, options: bars.options }, spec, () => historyOf(base, bars, width), live);
}

/**
 * `GET /klines`, newest first.
 *
 * @param width$ How long a bar of the stream is, in ms.
 */
export const historyOf = (
  { scheduler, report }: VenueBase,
  { requests, url, asset }: Pick<Bars, 'requests' | 'url' | 'asset'>,
  width$: Observable<number>,
): CandleHistory =>
  historyByCount(PER_PAGE, (count, before) =>
    width$.pipe(
      take(1),
      switchMap((width) => {
        const name = names.get(width);
        const interval = name === undefined ? '' : `&interval=${name}`;
        const end = before === undefined ? '' : `&end_timestamp_ns=${BigInt(before) * 1_000_000n - 1n}`;
        return requests.send({ method: 'GET', url: `${url}/klines/${asset}?limit=${count}${interval}${end}` });
      }),
      map((answer) =>
        readRows(`candles:${asset}`, Bar, readAnswer(Answer, answer), report, (bar) =>
          candleOf(bar, asset, false, scheduler.now()),
        ),
      ),
    ),
  );
