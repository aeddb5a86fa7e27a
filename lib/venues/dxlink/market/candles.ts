import { type Observable, type OperatorFunction, defer, filter, map, of, scan, switchMap, take } from 'rxjs';
import { Decimal } from '../../../codec/decimal.js';
import { makeCandle } from '../../../codec/makeCandle.js';
import { checkWhole } from '../../../errors/checks.js';
import { InvalidArgumentError } from '../../../errors/invalidArgumentError.js';
import { aNumber, checkOptions } from '../../../errors/optionRules.js';
import type { CandleOptions, JoinBase } from '../../../feed/joinCandles.js';
import { type CandleListEvent, joinListed } from '../../../feed/joinListed.js';
import type { Candle } from '../../../model/candle.js';
import { type CandlePeriod, candlePeriod, candleSymbol } from '../candleSymbol.js';
import type { DxLinkEvent } from '../eventTypes.js';
import type { DxLinkIndexedState } from './indexedFeed.js';
import type { DxLinkTimeSeries } from './timeSeries.js';

/** A list of candles since some time, as dxLink has them. */
export type DxLinkCandleList = DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Candle'>>>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Within so many periods there are as many candles as are wanted, where it is traded six hours a day on weekdays only. */
const SPARSE = 6;
/** As long is nothing traded over a holiday. */
const CLOSED = 4 * DAY;
/** Rows that a first look back may bring. */
const MOST_ROWS = 10_000;
/** How much further it is looked back where there are too few, and how often. */
const [FURTHER, TIMES] = [4, 4];

/**
 * Candles as they come, after so many of the past. The venue is asked for a list since some time and not for a number of them: it
 * is asked since a time within which there should be enough, and since an earlier one where there are not.
 *
 * @param since The list of the same candles since some time.
 * @throws InvalidArgumentError (at the call) for a period that is none of time, or a history that can't be meant.
 */
export function candlesOf(
  base: JoinBase,
  {
    symbol,
    period,
    options = {},
  }: { readonly symbol: string; readonly period: string; readonly options?: CandleOptions | undefined },
  since: (from: number) => Observable<DxLinkCandleList>,
): Observable<Candle> {
  checkOptions('options', options, { history: aNumber });
  const { history = 1 } = options;
  checkWhole('history', MOST_ROWS * 10, history);
  const channel = candleSymbol(symbol, period);
  const span = candlePeriod(period);
  if (span === undefined)
    throw new InvalidArgumentError('period', 'one of time, as 5m; candlesSince has others', period);
  const read = candleReader(symbol, period, span);
  const list = (from: number): Observable<CandleListEvent> => since(from).pipe(listEvents(read));
  const enough = (back: number, times: number): Observable<number> =>
    defer(() => {
      const from = roundedFrom(base.scheduler.now(), back);
      return since(from).pipe(
        filter((state) => state.status === 'live'),
        take(1),
        switchMap(({ value: { rows, isWhole } }) => {
          const isEnough = !isWhole || rows.flatMap(read).length >= history;
          return isEnough || times === 0 || from === 0 ? of(from) : enough(back * FURTHER, times - 1);
        }),
      );
    });
  const { length } = span;
  const back = Math.max(SPARSE * history * length, Math.min(CLOSED, MOST_ROWS * length));
  return enough(back, TIMES).pipe(switchMap(list), joinListed(base, channel, history));
}

type Row = DxLinkEvent<'Candle'>;
/** A row as a candle; none of an interval without a trade, whose prices the venue leaves out. */
type ReadRow = (row: Row) => readonly Candle[];

function candleReader(instrument: string, period: string, { endOf }: CandlePeriod): ReadRow {
  const interval = period.replace(/^=/, '');
  return ({ time, open, high, low, close, volume = 0, count: trades, receivedTime }) => {
    if (time === undefined || open === undefined || high === undefined) return [];
    if (low === undefined || close === undefined) return [];
    const [encode, closeTime] = [Decimal.encode, endOf(time) - 1];
    const facts = { instrument, interval, openTime: time, closeTime, trades, closed: false, receivedTime };
    const [first, last] = [encode(open), encode(close)];
    const exact = { open: first, high: encode(high), low: encode(low), close: last, volume: encode(volume) };
    return [makeCandle(facts, exact)];
  };
}

/** What each state of a list tells: of the first that can be trusted all of it. */
const listEvents =
  (read: ReadRow): OperatorFunction<DxLinkCandleList, CandleListEvent> =>
  (state$) =>
    state$.pipe(
      scan<DxLinkCandleList, Heard, undefined>(
        (before, state) => ({ state, event: eventOf(before?.state, state, read) }),
        undefined,
      ),
      map(({ event }) => event),
      filter((event) => event !== undefined),
    );

interface Heard {
  readonly state: DxLinkCandleList;
  readonly event: CandleListEvent | undefined;
}

function eventOf(
  before: DxLinkCandleList | undefined,
  state: DxLinkCandleList,
  read: ReadRow,
): CandleListEvent | undefined {
  switch (state.status) {
    case 'syncing':
      return undefined;
    case 'stale':
      return { type: 'lost', reason: state.reason, at: state.since };
    case 'live': {
      const { rows, latest } = state.value;
      const all = (): readonly Candle[] => rows.flatMap(read);
      const goesOn = before?.status === 'live' && latest.type === 'update';
      return goesOn ? { type: 'changed', candles: latest.set.flatMap(read), all } : { type: 'whole', all };
    }
  }
}

/** Since when: rounded down, so that who asks for the same soon after has the same list. */
function roundedFrom(now: number, back: number): number {
  const step = back / FURTHER;
  return Math.max(0, Math.floor(Math.floor((now - back) / step) * step));
}
