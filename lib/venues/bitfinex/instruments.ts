import * as t from 'io-ts';
import { type Observable, map } from 'rxjs';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { Text } from '../../codec/scalars.js';
import { stepIn } from '../../codec/step.js';
import { readAnswer } from '../../feed/readAnswer.js';
import { readRows } from '../../feed/readRows.js';
import type { VenueBase } from '../../feed/venueBase.js';
import type { Instrument } from '../../model/instrument.js';

/** Source of all: docs of Bitfinex, "Configs" and "Precision", read 2026-11-29. A pair, and what is known of it by place. */
const Row = t.tuple([Text, t.UnknownArray], 'bitfinex.pair');
const Renamed = t.tuple([Text, Text], 'bitfinex.renamed');
const Answer = t.tuple([t.UnknownArray, t.UnknownArray, t.UnknownArray], 'bitfinex.conf');

/** Where the least size of an order stands. */
const MIN_SIZE = 3;
/** Prices have at most five digits that count and eight decimals, and sizes eight decimals ("Precision"). */
const PRICE_DIGITS = 5;
const STEP = '0.00000001';

/** Pairs and perpetuals, and what the venue's short names of currencies stand for: `UST` for `USDt`. */
export const instrumentsOf = (
  { requests, report }: Pick<VenueBase, 'requests' | 'report'>,
  restUrl: string,
): Observable<readonly Instrument[]> =>
  requests
    .send({ method: 'GET', url: `${restUrl}/v2/conf/pub:info:pair,pub:info:pair:futures,pub:map:currency:sym` })
    .pipe(
      map((answer) => {
        const [pairs, futures, renamed] = readAnswer(Answer, answer);
        const names = new Map(
          readRows('instruments', Renamed, renamed, report, ([short, name]) => [short, name.toUpperCase()] as const),
        );
        const read = (rows: readonly unknown[], kind: 'spot' | 'perpetual') =>
          readRows('instruments', Row, rows, report, ([pair, facts]) =>
            instrumentOf(pair, kind, names, facts[MIN_SIZE]),
          );
        return [...read(pairs, 'spot'), ...read(futures, 'perpetual')];
      }),
    );

/** A pair is six letters, or two names with a colon between them (docs, "Symbols"). */
function instrumentOf(
  pair: string,
  kind: 'spot' | 'perpetual',
  names: ReadonlyMap<string, string>,
  minSize: unknown,
): Instrument | undefined {
  const [, first = '', second = ''] = /^(?:(.+):(.+))$/.exec(pair) ?? /^(.{3})(.{3})$/.exec(pair) ?? [];
  if (first === '') return undefined;
  const [base, quote] = [nameOf(first, names), nameOf(second, names)];
  const settle = kind === 'spot' ? undefined : quote;
  const least = stepIn(minSize);
  return {
    name: `t${pair}`,
    unified: unifiedName({ base, quote, settle }),
    kind,
    base,
    quote,
    settle,
    tick: STEP,
    priceDigits: PRICE_DIGITS,
    lot: STEP,
    minSize: least === undefined ? undefined : plainDecimal(least),
    isTrading: true,
    status: 'listed',
  };
}

/** `BTCF0` is what a perpetual of `BTC` is called; the map of names may have both, or the second alone. */
function nameOf(short: string, names: ReadonlyMap<string, string>): string {
  const plain = short.replace(/F0$/, '');
  return names.get(short) ?? names.get(plain) ?? plain;
}
