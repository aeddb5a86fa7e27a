import * as t from 'io-ts';
import { list } from '../../codec/list.js';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { listedRow } from '../../codec/listedRow.js';
import { Millis, Text } from '../../codec/scalars.js';
import { Step, stepIn } from '../../codec/step.js';
import { readPart } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';
import type { Settings } from './options.js';
import { jsonOf } from './refusedBy.js';

/** One symbol of `exchangeInfo`. Source: rest-api.md (2026-07-21) and the USD-M pages. */
const SymbolInfo = listedRow(
  'binance.symbol',
  { symbol: Text, baseAsset: Text, quoteAsset: Text, filters: list(t.UnknownRecord) },
  // `contractStatus` and `contractSize` are COIN-M's, in quote units; the next three are of contracts.
  {
    status: Text,
    contractStatus: Text,
    contractSize: Step,
    contractType: Text,
    marginAsset: Text,
    deliveryDate: Millis,
  },
);
type SymbolInfo = t.TypeOf<typeof SymbolInfo>;

const ExchangeInfo = frame('binance.exchangeInfo', { symbols: t.array(t.unknown) });

/** The venue's own list. */
export const instrumentsOf = (
  { requests, report }: VenueBase,
  { rest, market, depthPath }: Settings,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${rest}${depthPath.replace(/depth$/, 'exchangeInfo')}` }, [
      1,
      market === 'spot' ? 20 : 1,
    ])
    .pipe(
      map(({ body }) =>
        readRows('instruments', SymbolInfo, readPart(ExchangeInfo, jsonOf(body)).symbols, report, instrumentOf),
      ),
    );

/** What has no tick and no lot can't be traded by size and price: it is none. */
function instrumentOf(info: SymbolInfo): Instrument | undefined {
  const {
    symbol,
    contractStatus,
    status = contractStatus ?? '',
    baseAsset: base,
    quoteAsset: quote,
    marginAsset: settle,
    contractType,
    contractSize,
    deliveryDate,
  } = info;
  const filter = (type: string, field: string): string | undefined => {
    const value = stepIn(info.filters.find(({ filterType }) => filterType === type)?.[field]);
    return value !== undefined && Number(value) > 0 ? plainDecimal(value) : undefined;
  };
  const [tick, lot] = [filter('PRICE_FILTER', 'tickSize'), filter('LOT_SIZE', 'stepSize')];
  if (tick === undefined || lot === undefined) return undefined;
  const kind = kindOf(contractType);
  const expiry = kind === 'future' ? deliveryDate : undefined;
  return {
    name: symbol,
    unified: unifiedName({ base, quote, settle, expiry }),
    kind,
    base,
    quote,
    settle,
    tick,
    lot,
    minSize: filter('LOT_SIZE', 'minQty'),
    contractSize: contractSize === undefined ? undefined : plainDecimal(contractSize),
    expiry,
    isTrading: status === 'TRADING',
    status,
  };
}

/**
 * `PERPETUAL` and `TRADIFI_PERPETUAL`, and with `DELIVERING` behind it one that ends; `CURRENT_QUARTER` and its like. A contract
 * that is not settled yet has no type.
 */
function kindOf(contractType: string | undefined): Instrument['kind'] {
  if (contractType === undefined) return 'spot';
  if (/\bPERPETUAL|_PERPETUAL/.test(contractType)) return 'perpetual';
  return /^(CURRENT|NEXT)_/.test(contractType) ? 'future' : 'other';
}
