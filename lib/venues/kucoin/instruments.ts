import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { Text } from '../../codec/scalars.js';
import { Step } from '../../codec/step.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';

/** One of `symbols`. Source: docs of KuCoin, "Get All Symbols", read 2026-11-29. */
const Row = frame('kucoin.symbol', {
  symbol: Text,
  baseCurrency: Text,
  quoteCurrency: Text,
  baseMinSize: Step,
  baseIncrement: Step,
  priceIncrement: Step,
  enableTrading: t.boolean,
});
const Answer = frame('kucoin.symbols', { code: t.literal('200000'), data: t.UnknownArray });

/** The venue's own list of spot. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/api/v2/symbols` })
    .pipe(map((answer) => readRows('instruments', Row, readAnswer(Answer, answer).data, report, instrumentOf)));

function instrumentOf(row: t.TypeOf<typeof Row>): Instrument {
  const { symbol: name, baseCurrency: base, quoteCurrency: quote, enableTrading: isTrading } = row;
  return {
    name,
    unified: unifiedName({ base, quote }),
    kind: 'spot',
    base,
    quote,
    tick: plainDecimal(row.priceIncrement),
    lot: plainDecimal(row.baseIncrement),
    minSize: plainDecimal(row.baseMinSize),
    isTrading,
    status: isTrading ? 'enabled' : 'disabled',
  };
}
