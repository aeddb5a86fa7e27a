import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../../book/ticks.js';
import { listedRow } from '../../../codec/listedRow.js';
import { Text } from '../../../codec/scalars.js';
import { Step } from '../../../codec/step.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import type { Instrument } from '../../../model/instrument.js';

/** One of `products`. Source: docs of Coinbase Exchange, "Get all known trading pairs", read 2026-11-29. */
const Product = listedRow(
  'coinbase.product',
  {
    id: Text,
    base_currency: Text,
    quote_currency: Text,
    quote_increment: Step, // the step of prices
    base_increment: Step, //  the step of sizes
    status: Text,
  },
  { trading_disabled: t.boolean, cancel_only: t.boolean },
);

/** The venue's own list. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/products` })
    .pipe(map((answer) => readRows('instruments', Product, readAnswer(t.UnknownArray, answer), report, instrumentOf)));

function instrumentOf(product: t.TypeOf<typeof Product>): Instrument {
  const { id: name, base_currency: base, quote_currency: quote, status } = product;
  const isOff = product.trading_disabled === true || product.cancel_only === true;
  return {
    name,
    unified: unifiedName({ base, quote }),
    kind: 'spot',
    base,
    quote,
    tick: plainDecimal(product.quote_increment),
    lot: plainDecimal(product.base_increment),
    isTrading: status === 'online' && !isOff,
    status,
  };
}
