import * as t from 'io-ts';
import { type Observable, catchError, forkJoin, map, of } from 'rxjs';
import { multiplyDecimals } from '../../book/decimals.js';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { frame } from '../../codec/frame.js';
import { listedRow } from '../../codec/listedRow.js';
import { Text } from '../../codec/scalars.js';
import { stepIn } from '../../codec/step.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';
import type { Settings } from './options.js';

/** One row of `public/instruments`. Source: docs-v5, "Get instruments", read 2026-11-29. What does not apply is empty. */
const Row = listedRow(
  'okx.instrument',
  { instId: Text, instType: Text, state: Text },
  {
    tickSz: t.unknown,
    lotSz: t.unknown,
    minSz: t.unknown,
    baseCcy: Text,
    quoteCcy: Text,
    settleCcy: Text,
    ctType: Text,
    ctVal: t.unknown,
    ctMult: t.unknown,
    ctValCcy: Text,
    expTime: Text,
  },
);
const Page = frame('okx.instruments', { code: t.literal('0'), data: t.UnknownArray });
/** Codes of five digits that begin with 51 are about what was asked for (docs-v5, "Error code"): a site may have no such type. */
const NO_SUCH_TYPE = /"code":\s*"51\d{3}"/;

const kinds: Readonly<Record<string, Instrument['kind']>> = { SPOT: 'spot', SWAP: 'perpetual', FUTURES: 'future' };

/**
 * Spot, swaps and futures: a request each. Options are listed by family only, and left out, as is a type that the site does not have,
 * where it has another.
 */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  requestOf: Settings['requestOf'],
): Observable<readonly Instrument[]> =>
  forkJoin(
    Object.keys(kinds).map((type) =>
      requests.send(requestOf(`/api/v5/public/instruments?instType=${type}`)).pipe(
        map((answer) => readAnswer(Page, answer).data),
        catchError((error: unknown) => {
          if (NO_SUCH_TYPE.test(String(error))) return of(error as RequestFailedError);
          throw error;
        }),
      ),
    ),
  ).pipe(
    map((types) => {
      const lists = types.filter((type) => !(type instanceof RequestFailedError));
      const [refusal] = types.filter((type) => type instanceof RequestFailedError);
      if (lists.length === 0 && refusal !== undefined) throw refusal;
      return readRows('instruments', Row, lists.flat(), report, instrumentOf);
    }),
  );

/** What has no tick yet, before it opens, can't be traded by price and size. */
function instrumentOf(row: t.TypeOf<typeof Row>): Instrument | undefined {
  const { instId: name, instType, state: status, ctType, ctValCcy = '', settleCcy = '' } = row;
  const [tick, lot, least] = [stepIn(row.tickSz), stepIn(row.lotSz), stepIn(row.minSz)];
  if (tick === undefined || lot === undefined) return undefined;
  const kind = kinds[instType] ?? 'other';
  // A linear contract is worth so much of its base and paid in its quote, an inverse one the other way round.
  const [contractBase, contractQuote] = ctType === 'inverse' ? [settleCcy, ctValCcy] : [ctValCcy, settleCcy];
  const [base = '', quote = ''] = kind === 'spot' ? [row.baseCcy, row.quoteCcy] : [contractBase, contractQuote];
  const settle = kind === 'spot' ? undefined : settleCcy;
  // Of others it is when they are taken off the list.
  const expiry = kind === 'future' ? Number(row.expTime) : undefined;
  const worth = kind === 'spot' ? undefined : stepIn(row.ctVal);
  return {
    name,
    unified: unifiedName({ base, quote, settle, expiry }),
    kind,
    base,
    quote,
    settle,
    tick: plainDecimal(tick),
    lot: plainDecimal(lot),
    minSize: least === undefined ? undefined : plainDecimal(least),
    // Of so much of `ctValCcy`, so many times.
    contractSize: worth === undefined ? undefined : plainDecimal(multiplyDecimals(worth, stepIn(row.ctMult) ?? '1')),
    expiry,
    isTrading: status === 'live',
    status,
  };
}
