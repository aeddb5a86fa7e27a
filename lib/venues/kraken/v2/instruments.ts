import * as t from 'io-ts';
import { list } from '../../../codec/list.js';
import { type Observable, map } from 'rxjs';
import { plainDecimal, stepOfDecimals, unifiedName } from '../../../book/ticks.js';
import { frame } from '../../../codec/frame.js';
import { listedRow } from '../../../codec/listedRow.js';
import { Sequence, Text } from '../../../codec/scalars.js';
import { Step } from '../../../codec/step.js';
import { readAnswer } from '../../../feed/readAnswer.js';
import { readRows } from '../../../feed/readRows.js';
import type { VenueBase } from '../../../feed/venueBase.js';
import type { Instrument } from '../../../model/instrument.js';

/** One of `AssetPairs`. Source: docs.kraken.com, "Get Tradable Asset Pairs", read 2026-11-29. */
const Pair = listedRow(
  'kraken.pair',
  { base: Text, quote: Text, lot_decimals: Sequence, pair_decimals: Sequence },
  // A pair without the first is not streamed. Answers of before 2023 have none of the others.
  { wsname: Text, tick_size: Step, status: Text, ordermin: Step },
);
const Pairs = frame('kraken.AssetPairs', { error: list(Text), result: t.UnknownRecord });

/** With `assetVersion=1` it says `BTC` and `DOGE`, as v2 does, where it says `XXBT` and `XXDG` otherwise. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/0/public/AssetPairs?assetVersion=1` })
    .pipe(
      map((answer) =>
        readRows('instruments', Pair, Object.values(readAnswer(Pairs, answer).result), report, instrumentOf),
      ),
    );

function instrumentOf(pair: t.TypeOf<typeof Pair>): Instrument | undefined {
  const { wsname: name, base, quote, lot_decimals, pair_decimals, status = '', tick_size, ordermin } = pair;
  if (name === undefined) return undefined;
  return {
    name,
    unified: unifiedName({ base, quote }),
    kind: 'spot',
    base,
    quote,
    tick: tick_size === undefined ? stepOfDecimals(pair_decimals) : plainDecimal(tick_size),
    lot: stepOfDecimals(lot_decimals),
    minSize: ordermin === undefined ? undefined : plainDecimal(ordermin),
    isTrading: status === 'online' || status === '',
    status,
  };
}
