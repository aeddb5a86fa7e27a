import * as t from 'io-ts';
import { list } from '../../../codec/list.js';
import { type Observable, defer, map, of, tap } from 'rxjs';
import { compareDecimals } from '../../../book/decimals.js';
import { plainDecimal, unifiedName } from '../../../book/ticks.js';
import { frame } from '../../../codec/frame.js';
import { listedRow } from '../../../codec/listedRow.js';
import { Text } from '../../../codec/scalars.js';
import { Step } from '../../../codec/step.js';
import { RequestFailedError } from '../../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import { patiently } from '../../../feed/patiently.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import type { Instrument } from '../../../model/instrument.js';
import { symbolOf } from '../topics.js';

/** Source of all: the venue's OpenAPI document, "Get Symbol Details", read 2026-11-29. Prices step by one of the two. */
const PriceFormat = listedRow(
  'tradestation.PriceFormat',
  {},
  {
    Increment: Step,
    IncrementSchedule: list(frame('tradestation.PriceStep', { Increment: Step })),
  },
);
const Details = listedRow(
  'tradestation.SymbolDetails',
  {
    Symbol: Text,
    AssetType: Text,
    Currency: Text,
    PriceFormat,
    QuantityFormat: listedRow('tradestation.QuantityFormat', { Increment: Step }, { MinimumTradeQuantity: Step }),
  },
  { Underlying: Text, Root: Text, ExpirationDate: Text, StrikePrice: Step, OptionType: Text },
);
const Answer = frame('tradestation.Symbols', { Symbols: list(Details) }, { Errors: t.unknown });

/** How long what is known of a symbol is good for, in ms. */
const LIFETIME = 3_600_000;

/** The details of symbols: the venue has no list of them, and tells of each by its name. */
export class SymbolDetails {
  readonly #known = new Map<string, { readonly instrument: Instrument; readonly at: number }>();

  constructor(
    private readonly base: VenueBase,
    private readonly request: AuthorizedRequest,
  ) {}

  /** What is known of a symbol for less than an hour; else it is asked for until it is told. */
  of(symbol: string): Observable<Instrument> {
    const name = symbolOf(symbol);
    const { scheduler } = this.base;
    return defer(() => {
      const known = this.#known.get(name);
      if (known !== undefined && scheduler.elapsed() - known.at < LIFETIME) return of(known.instrument);
      return this.request(`/v3/marketdata/symbols/${encodeURIComponent(name)}`, Answer).pipe(
        map(({ Symbols: [details], Errors: errors = [] }) => {
          if (details !== undefined) return instrumentOf(details);
          throw new SubscriptionRefusedError('tradestation', name, JSON.stringify(errors).slice(0, 200));
        }),
        tap((instrument) => this.#known.set(name, { instrument, at: scheduler.elapsed() })),
      );
    }).pipe(patiently(this.base, name));
  }
}

const kinds: Readonly<Record<string, Instrument['kind']>> = {
  STOCK: 'equity',
  STOCKOPTION: 'option',
  INDEXOPTION: 'option',
  FUTURE: 'future',
  CRYPTO: 'spot',
  FOREX: 'spot',
};

function instrumentOf(details: t.TypeOf<typeof Details>): Instrument {
  const { Symbol: name, AssetType, Currency: quote, PriceFormat: price, QuantityFormat: size } = details;
  const kind = kinds[AssetType] ?? 'other';
  const steps = price.IncrementSchedule?.map(({ Increment }) => Increment) ?? [];
  const [tick] = [...(price.Increment === undefined ? [] : [price.Increment]), ...steps].sort(compareDecimals);
  if (tick === undefined) throw new RequestFailedError(`unreadable: ${PriceFormat.name}/Increment`);
  const isContract = kind === 'option' || kind === 'future';
  const base = (kind === 'option' ? details.Underlying : kind === 'future' ? details.Root : undefined) ?? name;
  const end = isContract ? Date.parse(details.ExpirationDate ?? '') : NaN;
  const expiry = Number.isNaN(end) ? undefined : end;
  const strike = kind === 'option' && details.StrikePrice !== undefined ? plainDecimal(details.StrikePrice) : undefined;
  const optionType = strike === undefined ? undefined : details.OptionType === 'Put' ? 'put' : 'call';
  const settle = isContract ? quote : undefined;
  return {
    name,
    unified: unifiedName({ base, quote, settle, expiry, strike, optionType }),
    kind,
    base,
    quote,
    settle,
    tick: plainDecimal(tick),
    lot: plainDecimal(size.Increment),
    minSize: size.MinimumTradeQuantity === undefined ? undefined : plainDecimal(size.MinimumTradeQuantity),
    expiry,
    strike,
    optionType,
    isTrading: true,
    status: 'listed',
  };
}
