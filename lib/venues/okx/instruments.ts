import * as t from 'io-ts';
import { type Observable, forkJoin, map } from 'rxjs';
import { multiplyDecimals } from '../../book/decimals.js';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { Text } from '../../codec/scalars.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';

/** One row of `public/instruments`. Source: docs-v5, "Get instruments", read 2026-11-29. What does not apply is empty. */
const Row = frame(
  'okx.instrument',
  { instId: Text, instType: Text, state: Text, tickSz: Text, lotSz: Text, minSz: Text },
  {
    baseCcy: Text,
    quoteCcy: Text,
    settleCcy: Text,
    ctType: Text,
    ctVal: Text,
    ctMult: Text,
    ctValCcy: Text,
    expTime: Text,
  },
);
const Page = frame('okx.instruments', { code: t.literal('0'), data: t.UnknownArray });

const kinds: Readonly<Record<string, Instrument['kind']>> = { SPOT: 'spot', SWAP: 'perpetual', FUTURES: 'future' };

/** Spot, swaps and futures: a request each. Options are listed by family only, and left out. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  forkJoin(
    Object.keys(kinds).map((type) =>
      requests
        .send({ method: 'GET', url: `${restUrl}/api/v5/public/instruments?instType=${type}` })
        .pipe(map((answer) => readAnswer(Page, answer).data)),
    ),
  ).pipe(map((lists) => readRows('instruments', Row, lists.flat(), report, instrumentOf)));

/** What has no tick yet, before it opens, can't be traded by price and size. */
function instrumentOf(row: t.TypeOf<typeof Row>): Instrument | undefined {
  const { instId: name, instType, state: status, tickSz, lotSz, minSz, ctType, ctValCcy = '', settleCcy = '' } = row;
  if (!DecimalText.is(tickSz) || !DecimalText.is(lotSz)) return undefined;
  const kind = kinds[instType] ?? 'other';
  // A linear contract is worth so much of its base and paid in its quote, an inverse one the other way round.
  const [contractBase, contractQuote] = ctType === 'inverse' ? [settleCcy, ctValCcy] : [ctValCcy, settleCcy];
  const [base = '', quote = ''] = kind === 'spot' ? [row.baseCcy, row.quoteCcy] : [contractBase, contractQuote];
  const settle = kind === 'spot' ? undefined : settleCcy;
  // Of others it is when they are taken off the list.
  const expiry = kind === 'future' ? Number(row.expTime) : undefined;
  const { ctVal, ctMult } = row;
  const isCounted = kind !== 'spot' && DecimalText.is(ctVal);
  return {
    name,
    unified: unifiedName({ base, quote, settle, expiry }),
    kind,
    base,
    quote,
    settle,
    tick: plainDecimal(tickSz),
    lot: plainDecimal(lotSz),
    minSize: DecimalText.is(minSz) ? plainDecimal(minSz) : undefined,
    // Of so much of `ctValCcy`, so many times.
    contractSize: isCounted ? plainDecimal(multiplyDecimals(ctVal, DecimalText.is(ctMult) ? ctMult : '1')) : undefined,
    expiry,
    isTrading: status === 'live',
    status,
  };
}
