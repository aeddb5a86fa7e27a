import { type Observable, map, takeUntil } from 'rxjs';
import { stepOfDecimals, unifiedName } from '../../book/ticks.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Listing } from '../../feed/instruments.js';
import type { Instrument } from '../../model/instrument.js';
import { checkedName } from './marketStreams.js';
import type { Markets, O2Market } from './markets.js';

/**
 * A market as an instrument; absent where the venue does not say how many decimals its orders may have. Its least order is
 * told as a cost, and its list does not say whether it is paused: the venue refuses who subscribes, then.
 */
function instrumentOf({ id: name, base, quote }: O2Market): Instrument | undefined {
  if (base.precision === undefined || quote.precision === undefined) return undefined;
  return {
    name,
    unified: unifiedName({ base: base.symbol, quote: quote.symbol }),
    kind: 'spot',
    base: base.symbol,
    quote: quote.symbol,
    tick: stepOfDecimals(quote.precision),
    lot: stepOfDecimals(base.precision),
    isTrading: true,
    status: 'listed',
  };
}

/** The markets as instruments. The venue's own names are the unified ones, so that every method takes them as they are. */
export const listingOf = (markets: Markets, closed$: Observable<unknown>): Listing => ({
  instruments: () =>
    markets.listed().pipe(map((all) => all.map(instrumentOf).filter((instrument) => instrument !== undefined))),
  instrument: (name) =>
    markets.find(checkedName(name)).pipe(
      map((market) => {
        const instrument = instrumentOf(market);
        if (instrument !== undefined) return instrument;
        throw new SubscriptionRefusedError('o2', name, 'the venue does not say how many decimals its orders may have');
      }),
      takeUntil(closed$),
    ),
});
