import {
  type Observable,
  type OperatorFunction,
  connect,
  exhaustMap,
  filter,
  ignoreElements,
  merge,
  scan,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { numbersOf } from '../../codec/numbersOf.js';
import { sparingReader } from '../../codec/sparing.js';
import type { FoldContext } from '../../feed/foldContext.js';
import { foldSession } from '../../feed/foldSession.js';
import { leftOutOf } from '../../feed/leftOut.js';
import { defaultPause, pauseBefore } from '../../feed/pause.js';
import type { Report } from '../../model/fault.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import type { BybitCategory } from './endpoint.js';
import { TickerFrame } from './frames.js';
import { channelOf } from './topics.js';
import { volumesOf } from './volumes.js';

type Row = TickerFrame['data'];
/** A frame, and when it came. */
interface Figures {
  readonly frame: TickerFrame;
  readonly at: number;
}

export function tickerChannel(symbol: string, report: Report): ChannelSpec<Figures> {
  const topic = `tickers.${symbol}`;
  return channelOf(
    topic,
    sparingReader(TickerFrame, [], leftOutOf(topic, report), (frame, at) => ({ frame, at })),
  );
}

/**
 * Statistics as they stand: a snapshot, and after it the fields that changed. None while any of them is unknown: before it
 * was told, after a loss, and after a frame or a figure that could not be read, until it is told again. Some change
 * once in hours, so that what lacks its snapshot, or a frame, is subscribed anew.
 */
export const foldTicker =
  (category: BybitCategory) =>
  (context: FoldContext): OperatorFunction<ChannelEvent<Figures>, Ticker | undefined> =>
    connect((events$) =>
      merge(
        events$.pipe(merged(category)),
        // Of spot each frame is whole.
        ...(category === 'spot' ? [] : [events$.pipe(mended(context))]),
      ),
    );

const merged = (category: BybitCategory): OperatorFunction<ChannelEvent<Figures>, Ticker | undefined> =>
  foldSession({
    begin: (): Partial<Row> => ({}),
    message: (before, figures) => {
      const { type, data } = figures.frame;
      const row = type === 'snapshot' ? data : { ...before, ...data };
      return { known: row, emitted: [tickerOf(category, row, figures)] };
    },
    missed: 'discard',
  });

/** What is known of the channel's frames: nothing yet, all, or that some are missing. */
type Completeness = 'begun' | 'whole' | 'broken';

/** Subscribes what is broken anew, each time after a longer pause. */
const mended =
  ({ resubscribe, scheduler, random }: FoldContext): OperatorFunction<ChannelEvent<Figures>, never> =>
  (events$): Observable<never> =>
    events$.pipe(
      scan(completenessAfter, 'begun'),
      connect((states$) =>
        states$.pipe(
          filter((state) => state === 'broken'),
          exhaustMap((_, before) =>
            timer(pauseBefore(before + 1, defaultPause, random), scheduler).pipe(
              tap(resubscribe),
              takeUntil(states$.pipe(filter((state) => state !== 'broken'))),
            ),
          ),
        ),
      ),
      ignoreElements(),
    );

function completenessAfter(before: Completeness, event: ChannelEvent<Figures>): Completeness {
  if (event.type === 'missed') return 'broken';
  if (event.type !== 'message') return event.type === 'begun' || event.type === 'lost' ? 'begun' : before;
  return event.value.frame.type === 'snapshot' || before === 'whole' ? 'whole' : 'broken';
}

function tickerOf(
  category: BybitCategory,
  row: Partial<Row> & Pick<Row, 'symbol'>,
  { frame: { ts }, at }: Figures,
): Ticker | undefined {
  const {
    symbol,
    prevPrice24h: open,
    highPrice24h: high,
    lowPrice24h: low,
    lastPrice: last,
    volume24h,
    turnover24h,
  } = row;
  if (!isPresent(open) || !isPresent(high) || !isPresent(low) || !isPresent(last)) return undefined;
  if (!isPresent(volume24h) || !isPresent(turnover24h)) return undefined;
  const exact = { open, high, low, last, ...volumesOf(category, volume24h, turnover24h) };
  return { instrument: symbol, ...numbersOf(exact), exact, venueTime: ts, receivedTime: at };
}

const isPresent = (figure: string | null | undefined): figure is string => figure !== undefined && figure !== null;
