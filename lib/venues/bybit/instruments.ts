import * as t from 'io-ts';
import { type Observable, map, of, switchMap } from 'rxjs';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { listedRow } from '../../codec/listedRow.js';
import { Text } from '../../codec/scalars.js';
import { Step } from '../../codec/step.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';
import type { Settings } from './options.js';

/** One row of `instruments-info`. Source: docs v5, "Get Instruments Info", read 2026-11-29. */
const Row = listedRow(
  'bybit.instrument',
  {
    symbol: Text,
    baseCoin: Text,
    quoteCoin: Text,
    status: Text,
    priceFilter: frame('bybit.priceFilter', { tickSize: Step }),
    lotSizeFilter: listedRow(
      'bybit.lotSizeFilter',
      { minOrderQty: Step },
      { qtyStep: Step, basePrecision: Step }, // the second one is spot's
    ),
  },
  { contractType: Text, settleCoin: Text, deliveryTime: Text, optionsType: Text },
);

const Page = frame('bybit.instruments-info', {
  retCode: t.literal(0),
  result: frame('bybit.list', { list: t.UnknownArray }, { nextPageCursor: t.union([Text, t.null]) }),
});

/** The list of a category, page after page: spot comes in one. Of options those of all base coins. */
export function instrumentsOf(
  base: Pick<VenueBase, 'requests' | 'report'>,
  { restUrl, category }: Pick<Settings, 'restUrl' | 'category'>,
): Observable<readonly Instrument[]> {
  const query = `category=${category}${category === 'spot' ? '' : '&limit=1000'}${category === 'option' ? '&baseCoin=All' : ''}`;
  const url = `${restUrl}/v5/market/instruments-info?${query}`;
  const rows = (have: readonly unknown[], cursor: string, before: readonly string[]): Observable<readonly unknown[]> =>
    base.requests
      .send({ method: 'GET', url: `${url}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}` })
      .pipe(
        switchMap((answer) => {
          const { list, nextPageCursor } = readAnswer(Page, answer).result;
          const all = [...have, ...list];
          const next = nextPageCursor ?? '';
          const passed = [...before, cursor];
          // A cursor that leads back would lead nowhere. That of the first page is none.
          return list.length === 0 || passed.includes(next) ? of(all) : rows(all, next, passed);
        }),
      );
  return rows([], '', []).pipe(map((all) => readRows('instruments', Row, all, base.report, instrumentOf)));
}

/** The strike of an option stands in its name only: `BTC-26MAR27-50000-C`. */
const STRIKE = /-(\d+(?:\.\d+)?)-[CP]\b/;

function instrumentOf(row: t.TypeOf<typeof Row>): Instrument | undefined {
  const { symbol: name, baseCoin: base, quoteCoin: quote, status, contractType, optionsType, settleCoin } = row;
  const { qtyStep, basePrecision, minOrderQty } = row.lotSizeFilter;
  const lot = qtyStep ?? basePrecision;
  if (lot === undefined) return undefined;
  const kind = kindOf(contractType, optionsType);
  const settle = kind === 'spot' ? undefined : settleCoin;
  const expiry = kind === 'future' || kind === 'option' ? Number(row.deliveryTime) : undefined;
  const strike = kind === 'option' ? STRIKE.exec(name)?.[1] : undefined;
  const optionType = strike === undefined ? undefined : optionsType === 'Call' ? 'call' : 'put';
  return {
    name,
    unified: unifiedName({ base, quote, settle, expiry, strike, optionType }),
    kind,
    base,
    quote,
    settle,
    tick: plainDecimal(row.priceFilter.tickSize),
    lot: plainDecimal(lot),
    minSize: plainDecimal(minOrderQty),
    expiry,
    strike,
    optionType,
    isTrading: status === 'Trading',
    status,
  };
}

/** `LinearPerpetual`, `InverseFutures`; options have no such type. */
function kindOf(contractType = '', optionsType?: string): Instrument['kind'] {
  if (optionsType === 'Call' || optionsType === 'Put') return 'option';
  if (contractType === '') return 'spot';
  if (contractType.endsWith('Perpetual')) return 'perpetual';
  return contractType.endsWith('Futures') ? 'future' : 'other';
}
