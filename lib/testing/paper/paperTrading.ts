import {
  EMPTY,
  asyncScheduler,
  concatMap,
  connect,
  delay,
  endWith,
  ignoreElements,
  map,
  merge,
  takeUntil,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import {
  type OptionRule,
  aScheduler,
  anObject,
  anObservable,
  checkConfig,
  fromZero,
  oneOf,
} from '../../errors/optionRules.js';
import type { BookState } from '../../model/bookState.js';
import type { Trade } from '../../model/trade.js';
import type { OrderCommand, OrderReport } from './order.js';
import { PaperBook, type PaperVenueConfig } from './paperBook.js';

/** The market that orders are tried on, and how long they are on their way. */
export interface PaperTradingConfig extends PaperVenueConfig {
  /** The book of the market: simulated, replayed, drawn or live. */
  readonly book$: Observable<BookState>;
  /** Its trades, which fill resting orders. Default: none; only a book that comes to their price fills them then. */
  readonly trades$?: Observable<Trade>;
  /** How long a command is on its way to the venue, in ms. Default: 0. */
  readonly latency?: number;
  /** How long a report is on its way back, in ms. Default: 0. */
  readonly reportLatency?: number;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

const aDecimal: OptionRule = [
  (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  'a decimal text such as 0.0005',
];
const rules = {
  trades$: anObservable,
  latency: fromZero,
  reportLatency: fromZero,
  scheduler: aScheduler,
  fees: anObject,
  queue: oneOf('back', 'front'),
};

/**
 * Fills orders by a market that does not know of them: what a strategy sends goes in, what a venue would report comes out.
 *
 *     commands$.pipe(paperTrading({ book$, trades$, latency: 20, fees: { maker: '0.0002', taker: '0.0005' } }))
 *
 * Assumed, since nobody can know:
 * - An order arrives after `latency` and takes what the book shows then, best price first. What it took stays taken until the
 *   venue tells that level anew. Our orders move no one else's.
 * - An order that rests stands behind all that the book shows at its price (`queue: 'back'`). Trades at its price fill those
 *   before it first, then it. A trade at a worse price fills it whole. Where the other side of the book comes to its price, it
 *   fills as much as that side shows.
 * - A trade that is told again (confirmed, corrected) fills once. One that is taken back fills nobody; what it filled before
 *   stays filled.
 * - Who cancels at its price stood behind it, as far as the book allows.
 * - Our own orders never meet each other, and are not counted among what the book shows.
 * - While the book can't be trusted nothing is filled by it, and new orders are rejected (`no book`).
 *
 * @returns An operator. Reports come in the order in which things happened at the venue; of orders that the same thing fills
 * those with the better price first, and of one price those that came first. Completes when the commands have and
 * the last of them was reported; orders that rest then are given up. Errors with the commands, the book or the trades.
 * @throws InvalidArgumentError (at the call) for a config that can't be meant.
 */
export function paperTrading(config: PaperTradingConfig): OperatorFunction<OrderCommand, OrderReport> {
  checkConfig('config', config, { book$: anObservable }, rules);
  if (config.fees !== undefined) checkConfig('fees', config.fees, { maker: aDecimal, taker: aDecimal });
  const { book$, trades$ = EMPTY, latency = 0, reportLatency = 0, scheduler = asyncScheduler } = config;
  const later =
    <T>(ms: number) =>
    (source: Observable<T>): Observable<T> =>
      ms === 0 ? source : source.pipe(delay(ms, scheduler));

  return connect((commands) => {
    const venue = new PaperBook(config);
    const arrived = commands.pipe(later(latency));
    return arrived.pipe(
      connect((arriving) => {
        const over = arriving.pipe(ignoreElements(), endWith(undefined));
        const reports = merge(
          book$.pipe(
            map((state) => () => venue.state(state, scheduler.now())),
            takeUntil(over),
          ),
          trades$.pipe(
            map((trade) => () => venue.trade(trade, scheduler.now())),
            takeUntil(over),
          ),
          arriving.pipe(map((command) => () => venue.command(command, scheduler.now()))),
        );
        return reports.pipe(concatMap((happen) => happen()));
      }),
      later(reportLatency),
    );
  });
}
