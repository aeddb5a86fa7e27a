import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { stepOfDecimals, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { Sequence, Text } from '../../codec/scalars.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';

/** One of `trading-pairs-info`. Source: docs of Bitstamp, read 2026-11-29. The least order is told in quote units. */
const Row = frame('bitstamp.pair', {
  name: Text, //        `BTC/USD`
  url_symbol: Text, //  `btcusd`
  base_decimals: Sequence,
  counter_decimals: Sequence,
  trading: Text, //     `Enabled`
});

/** The venue's own list. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/api/v2/trading-pairs-info/` })
    .pipe(map((answer) => readRows('instruments', Row, readAnswer(t.UnknownArray, answer), report, instrumentOf)));

function instrumentOf({
  name,
  url_symbol,
  base_decimals,
  counter_decimals,
  trading: status,
}: t.TypeOf<typeof Row>): Instrument {
  const [base = '', quote = ''] = name.split('/');
  return {
    name: url_symbol,
    unified: unifiedName({ base, quote }),
    // Of perpetuals the list does not say what they are paid in.
    kind: quote.includes('-') ? 'other' : 'spot',
    base,
    quote,
    tick: stepOfDecimals(counter_decimals),
    lot: stepOfDecimals(base_decimals),
    isTrading: status === 'Enabled',
    status,
  };
}
