import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../../book/ticks.js';
import { frame } from '../../../codec/frame.js';
import { listedRow } from '../../../codec/listedRow.js';
import { Text } from '../../../codec/scalars.js';
import { Step } from '../../../codec/step.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import type { Instrument } from '../../../model/instrument.js';

/** One of `market/products`. Source: docs of Advanced Trade, "List Public Products", read 2026-11-29. */
const Product = listedRow(
  'coinbase.marketProduct',
  {
    product_id: Text,
    base_currency_id: Text,
    quote_currency_id: Text,
    quote_increment: Step,
    base_increment: Step,
    base_min_size: Step,
  },
  {
    price_increment: Step,
    status: Text,
    is_disabled: t.boolean,
    trading_disabled: t.boolean,
    view_only: t.boolean,
    cancel_only: t.boolean,
  },
);
const Products = frame('coinbase.marketProducts', { products: t.UnknownArray });

/** Spot; futures are listed apart, and left out. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/api/v3/brokerage/market/products?product_type=SPOT` })
    .pipe(
      map((answer) => readRows('instruments', Product, readAnswer(Products, answer).products, report, instrumentOf)),
    );

function instrumentOf(product: t.TypeOf<typeof Product>): Instrument {
  const { product_id: name, base_currency_id: base, quote_currency_id: quote, status = '' } = product;
  const {
    price_increment: tick = product.quote_increment,
    is_disabled,
    trading_disabled,
    view_only,
    cancel_only,
  } = product;
  const isOff = [is_disabled, trading_disabled, view_only, cancel_only].includes(true);
  return {
    name,
    unified: unifiedName({ base, quote }),
    kind: 'spot',
    base,
    quote,
    tick: plainDecimal(tick),
    lot: plainDecimal(product.base_increment),
    minSize: plainDecimal(product.base_min_size),
    isTrading: !isOff && (status === '' || status === 'online'),
    status,
  };
}
