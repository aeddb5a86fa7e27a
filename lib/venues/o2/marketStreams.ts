import { type Observable, concat, defer, distinctUntilChanged, of, switchMap, takeUntil } from 'rxjs';
import { checkText } from '../../errors/optionRules.js';
import type { BookStreams } from '../../feed/books.js';
import type { BookState, SyncingBook } from '../../model/bookState.js';
import type { Markets, O2Market } from './markets.js';

/** Streams of a market by its name. It has to be known first, since frames bear no decimals; where it is, nothing waits. */
export interface MarketStreams {
  readonly stream: <T>(name: string, make: (market: O2Market) => Observable<T>) => Observable<T>;
  /** A book is `syncing` also while its market is looked up. */
  readonly book: (name: string, make: (market: O2Market) => BookStreams) => Observable<BookState>;
}

const SYNCING: SyncingBook = { status: 'syncing' };

/** @throws InvalidArgumentError for what can be no market's name. */
export function checkedName(name: string): string {
  checkText('market', /\S/, 'a name such as ETH/USDC, or an id', name);
  return name;
}

export function makeMarketStreams(markets: Markets, closed$: Observable<unknown>): MarketStreams {
  const stream: MarketStreams['stream'] = (name, make) => {
    checkedName(name);
    return defer(() => {
      const known = markets.named(name);
      return known === undefined ? markets.find(name).pipe(takeUntil(closed$), switchMap(make)) : make(known);
    });
  };
  return {
    stream,
    book: (name, make) => {
      const state$ = stream(name, (market) => make(market).state$);
      return defer(() => {
        if (markets.named(name) !== undefined) return state$;
        return concat(of(SYNCING), state$).pipe(
          distinctUntilChanged((before, after) => before.status === 'syncing' && after.status === 'syncing'),
        );
      });
    },
  };
}
