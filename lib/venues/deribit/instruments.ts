import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { listedRow } from '../../codec/listedRow.js';
import { Millis, Text } from '../../codec/scalars.js';
import { Step } from '../../codec/step.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';

/** One of `public/get_instruments`. Source: docs.deribit.com, read 2026-11-29. Amounts are in the unit of those of trades. */
const Row = listedRow(
  'deribit.instrument',
  {
    instrument_name: Text,
    kind: Text,
    base_currency: Text,
    quote_currency: Text,
    tick_size: Step,
    min_trade_amount: Step, // amounts are its multiples
    is_active: t.boolean,
  },
  {
    counter_currency: Text, //    what prices are counted in, where options are quoted in their base
    settlement_currency: Text, // of contracts
    settlement_period: Text,
    expiration_timestamp: Millis, // of perpetuals in the year 3000
    strike: Step,
    option_type: t.keyof({ call: null, put: null }),
    state: Text,
  },
);
const Answer = frame('deribit.get_instruments', { result: t.UnknownArray });

/** Everything that has not expired, of all currencies. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/api/v2/public/get_instruments?currency=any&expired=false` })
    .pipe(map((answer) => readRows('instruments', Row, readAnswer(Answer, answer).result, report, instrumentOf)));

function instrumentOf(row: t.TypeOf<typeof Row>): Instrument {
  const { instrument_name: name, base_currency: base, counter_currency, quote_currency, is_active, state } = row;
  const kind = kindOf(row);
  const quote = counter_currency ?? quote_currency;
  const settle = kind === 'spot' ? undefined : row.settlement_currency;
  const expiry = kind === 'future' || kind === 'option' ? row.expiration_timestamp : undefined;
  const strike = kind === 'option' && row.strike !== undefined ? plainDecimal(row.strike) : undefined;
  const optionType = strike === undefined ? undefined : row.option_type;
  return {
    name,
    unified: unifiedName({ base, quote, settle, expiry, strike, optionType }),
    kind,
    base,
    quote,
    settle,
    tick: plainDecimal(row.tick_size),
    lot: plainDecimal(row.min_trade_amount),
    minSize: plainDecimal(row.min_trade_amount),
    expiry,
    strike,
    optionType,
    isTrading: is_active,
    status: state ?? (is_active ? 'active' : 'inactive'),
  };
}

/** Combinations of several are of no kind that has a name. */
function kindOf({ kind, settlement_period }: t.TypeOf<typeof Row>): Instrument['kind'] {
  if (kind === 'future') return settlement_period === 'perpetual' ? 'perpetual' : 'future';
  return kind === 'option' || kind === 'spot' ? kind : 'other';
}
