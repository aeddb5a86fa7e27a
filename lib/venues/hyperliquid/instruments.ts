import * as t from 'io-ts';
import { type Observable, EMPTY, catchError, filter, forkJoin, map } from 'rxjs';
import { stepOfDecimals, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { listedRow } from '../../codec/listedRow.js';
import { Sequence, Text } from '../../codec/scalars.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';
import { requestInfo } from './rest.js';

/** Source of all: Hyperliquid's gitbook, "Info endpoint" and "Tick and lot size", read 2026-11-29. */
const Perpetual = listedRow('hyperliquid.perpetual', { name: Text, szDecimals: Sequence }, { isDelisted: t.boolean });
const Meta = frame('hyperliquid.meta', { universe: t.UnknownArray });
const Pair = frame('hyperliquid.pair', { name: Text, tokens: t.tuple([Sequence, Sequence]) });
const Token = frame('hyperliquid.token', { name: Text, szDecimals: Sequence, index: Sequence });
const SpotMeta = frame('hyperliquid.spotMeta', { universe: t.UnknownArray, tokens: t.UnknownArray });

/** Decimals of a price and a size together; prices have at most five digits that count. */
const DECIMALS = { perpetual: 6, spot: 8 } as const;
const PRICE_DIGITS = 5;

/** The venue's own perpetuals, which are quoted in USD and paid in USDC, and its spot pairs. Not those of builders. */
export const instrumentsOf = (base: VenueBase, restUrl: string): Observable<readonly Instrument[]> =>
  forkJoin([
    requestInfo(base, restUrl, { type: 'meta' }, Meta),
    requestInfo(base, restUrl, { type: 'spotMeta' }, SpotMeta),
  ]).pipe(
    map(([perpetuals, spot]) => {
      const tokens = new Map(
        readRows('instruments', Token, spot.tokens, base.report, (token) => [token.index, token] as const),
      );
      return [
        ...readRows('instruments', Perpetual, perpetuals.universe, base.report, perpetualOf),
        ...readRows('instruments', Pair, spot.universe, base.report, ({ name, tokens: [first, second] }) => {
          const [one, other] = [tokens.get(first), tokens.get(second)];
          return one && other && pairOf(name, one, other);
        }),
      ];
    }),
  );

const Named = frame('hyperliquid.named', { name: Text });

/** Whether the venue lists a coin; completes without a word where it has no list of such, or does not say. */
export function isListed(base: VenueBase, restUrl: string, coin: string): Observable<boolean> {
  // Of outcome markets there is none.
  if (coin.startsWith('#')) return EMPTY;
  const [dex] = coin.includes(':') ? coin.split(':') : [];
  const question = /^@|\//.test(coin) ? { type: 'spotMeta' } : { type: 'meta', ...(dex !== undefined && { dex }) };
  return requestInfo(base, restUrl, question, Meta).pipe(
    map(({ universe }) => readRows('instruments', Named, universe, base.report, ({ name }) => name)),
    filter((names) => names.length > 0),
    map((names) => names.includes(coin)),
    catchError(() => EMPTY),
  );
}

function perpetualOf({ name, szDecimals, isDelisted = false }: t.TypeOf<typeof Perpetual>): Instrument {
  const names = { base: name, quote: 'USDC', settle: 'USDC' };
  return {
    name,
    unified: unifiedName(names),
    kind: 'perpetual',
    ...names,
    tick: stepOfDecimals(DECIMALS.perpetual - szDecimals),
    priceDigits: PRICE_DIGITS,
    lot: stepOfDecimals(szDecimals),
    isTrading: !isDelisted,
    status: isDelisted ? 'delisted' : 'listed',
  };
}

function pairOf(name: string, one: t.TypeOf<typeof Token>, other: t.TypeOf<typeof Token>): Instrument {
  const names = { base: one.name, quote: other.name };
  return {
    name,
    unified: unifiedName(names),
    kind: 'spot',
    ...names,
    tick: stepOfDecimals(DECIMALS.spot - one.szDecimals),
    priceDigits: PRICE_DIGITS,
    lot: stepOfDecimals(one.szDecimals),
    isTrading: true,
    status: 'listed',
  };
}
