import type * as io from 'io-ts';
import { type Observable, catchError, defer, forkJoin, map, of, switchMap, tap, throwError } from 'rxjs';
import { sparing } from '../../codec/sparing.js';
import { checkText } from '../../errors/optionRules.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { leftOutOf } from '../../feed/leftOut.js';
import { patiently } from '../../feed/patiently.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { VenueBase } from '../../feed/venueBase.js';
import {
  CryptocurrencyAnswer,
  EquityAnswer,
  FutureAnswer,
  OptionAnswer,
  PrecisionsAnswer,
} from './instrumentFrames.js';
import {
  type TastytradeInstrument,
  instrumentOfCryptocurrency,
  instrumentOfEquity,
  instrumentOfFuture,
  instrumentOfOption,
} from './instrumentOf.js';
import { type RestConfig, get } from './rest.js';

/** What an answer may do without, should it not be readable: nothing that says what the instrument is, and whether it trades. */
const SPARE = ['data.streamer-symbol'];
/** How long what is known of a symbol is good for, in ms. */
const LIFETIME = 3_600_000;

type Base = Pick<VenueBase, 'scheduler' | 'random' | 'report'>;

/**
 * What tastytrade tells of its instruments, one by one: its list of equities alone takes a dozen requests, and of options
 * there are as many as there are strikes.
 */
export class Definitions {
  readonly #known = new Map<string, { readonly instrument: TastytradeInstrument; readonly at: number }>();

  constructor(
    private readonly base: Base,
    private readonly rest: RestConfig,
  ) {}

  /** What is known of a symbol for less than an hour; else it is asked for until it is told. */
  of(symbol: string): Observable<TastytradeInstrument> {
    checkText('symbol', /^(?=.*\S)\P{Surrogate}+$/su, 'a symbol of an account, such as AAPL, /ESZ6 or BTC/USD', symbol);
    const { scheduler } = this.base;
    return defer(() => {
      const known = this.#known.get(symbol);
      if (known !== undefined && scheduler.elapsed() - known.at < LIFETIME) return of(known.instrument);
      return this.#requested(symbol).pipe(
        tap((instrument) => this.#known.set(symbol, { instrument, at: scheduler.elapsed() })),
        catchError((error: unknown) => throwError(() => refusalOf(error, symbol))),
      );
    }).pipe(patiently(this.base, symbol));
  }

  #requested(symbol: string): Observable<TastytradeInstrument> {
    switch (kindOf(symbol)) {
      case 'equities':
        return this.#equity(symbol).pipe(
          switchMap((equity) =>
            equity['is-fractional-quantity-eligible'] === true
              ? this.#precisions().pipe(map((rows) => instrumentOfEquity(equity, rows)))
              : of(instrumentOfEquity(equity, [])),
          ),
        );
      case 'cryptocurrencies':
        return forkJoin([this.#one('cryptocurrencies', symbol, CryptocurrencyAnswer), this.#precisions()]).pipe(
          map(([{ data }, rows]) => instrumentOfCryptocurrency(data, rows)),
        );
      case 'futures':
        return this.#one('futures', symbol, FutureAnswer).pipe(map(({ data }) => instrumentOfFuture(data)));
      case 'equity-options':
        return this.#one('equity-options', symbol, OptionAnswer).pipe(
          switchMap(({ data }) =>
            this.#equity(data['underlying-symbol']).pipe(map((equity) => instrumentOfOption(data, equity))),
          ),
        );
      case 'future-options':
        return this.#one('future-options', symbol, OptionAnswer).pipe(
          switchMap(({ data }) =>
            this.#one('futures', data['underlying-symbol'], FutureAnswer).pipe(
              map((future) => instrumentOfOption(data, future.data)),
            ),
          ),
        );
    }
  }

  readonly #equity = (symbol: string) => this.#one('equities', symbol, EquityAnswer).pipe(map(({ data }) => data));

  readonly #precisions = () =>
    get(this.rest, '/instruments/quantity-decimal-precisions').pipe(
      map((answer) => readAnswer(PrecisionsAnswer, answer).data.items),
    );

  #one<A>(kind: Kind, symbol: string, codec: io.Decoder<unknown, A>): Observable<A> {
    const path = `/instruments/${kind}/${encodeURIComponent(symbol)}`;
    const spared = sparing(codec, SPARE, leftOutOf(symbol, this.base.report));
    return get(this.rest, path).pipe(map((answer) => readAnswer(spared, answer)));
  }
}

type Kind = 'equities' | 'cryptocurrencies' | 'futures' | 'equity-options' | 'future-options';

/** By how the venue writes its symbols (guide, "tastytrade Symbology"); those of equity options are OCC's. */
function kindOf(symbol: string): Kind {
  if (symbol.startsWith('./')) return 'future-options';
  if (symbol.startsWith('/')) return 'futures';
  if (/\d{6}[CP]\d{8}$/.test(symbol)) return 'equity-options';
  // A class of shares has a slash, too, with one letter behind it: BRK/B.
  return /\/\w{2,}$/.test(symbol) ? 'cryptocurrencies' : 'equities';
}

const refusalOf = (error: unknown, symbol: string): unknown =>
  isRefusedWith(error, 404) ? new SubscriptionRefusedError('tastytrade', symbol, 'there is no such instrument') : error;
