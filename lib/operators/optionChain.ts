import { filter, map, scan, type OperatorFunction } from 'rxjs';
import { aFunction, checkConfig } from '../errors/optionRules.js';

/** What an option's symbol says of it. */
export interface OptionTerms {
  /** Sorts by time as a text: `250117`, `2025-01-17`. */
  readonly expiration: string;
  readonly strike: number;
  readonly side: 'call' | 'put';
}

/** Quotes and greeks are told apart by whether there is a `delta`. */
export interface OptionValue {
  readonly instrument: string;
}

/** One option: the latest of both. */
export interface OptionLeg<Q, G> {
  readonly instrument: string;
  readonly quote: Q | undefined;
  readonly greeks: G | undefined;
}

/** One strike of one expiration. */
export interface OptionRow<Q, G> {
  readonly expiration: string;
  /** In the currency of the underlying. */
  readonly strike: number;
  /** `undefined` where the chain has none at this strike; so `put`. */
  readonly call: OptionLeg<Q, G> | undefined;
  readonly put: OptionLeg<Q, G> | undefined;
}

/** By expiration, then by strike. */
export type OptionChain<Q, G> = readonly OptionRow<Q, G>[];

/** What is an option, and of which terms. */
export interface OptionChainConfig {
  /** `undefined` for what is no option: it is passed over. For dxLink: `optionContractOf`. */
  readonly contractOf: (instrument: string) => OptionTerms | undefined;
}

/**
 * Quotes and greeks of options, joined by strike and side to a chain that grows as they come. A new chain with each value;
 * rows in which nothing changed are the same objects.
 *
 *     quotes and greeks    -q-g---p-|
 *     optionChain          -a-b---c-|    drawn and tested in marbles/optionChain.txt
 *
 *     merge(quotes$, greeks$).pipe(optionChain({ contractOf: optionContractOf }), conflate({ every: 250 }))
 *
 * @returns An operator. Errors and completes with the source; errors with what `contractOf` throws.
 * @throws InvalidArgumentError at once without a `contractOf`.
 */
export function optionChain<Q extends OptionValue, G extends OptionValue & { readonly delta?: unknown }>(
  config: OptionChainConfig,
): OperatorFunction<Q | G, OptionChain<Q, G>> {
  checkConfig('config', config, { contractOf: aFunction });
  const { contractOf } = config;
  return (source) =>
    source.pipe(
      map((value) => ({ value, terms: contractOf(value.instrument) })),
      filter((one): one is { value: Q | G; terms: OptionTerms } => one.terms !== undefined),
      scan<{ value: Q | G; terms: OptionTerms }, OptionChain<Q, G>>(
        (chain, { value, terms }) => withValue(chain, value, terms),
        [],
      ),
    );
}

function withValue<Q extends OptionValue, G extends OptionValue>(
  chain: OptionChain<Q, G>,
  value: Q | G,
  { expiration, strike, side }: OptionTerms,
): OptionChain<Q, G> {
  const place = placeOf(chain, expiration, strike);
  const there = chain[place];
  const isThere = there?.expiration === expiration && there.strike === strike;
  const row: OptionRow<Q, G> = isThere ? there : { expiration, strike, call: undefined, put: undefined };
  const { instrument } = value;
  const { quote, greeks } = row[side] ?? { quote: undefined, greeks: undefined };
  const leg: OptionLeg<Q, G> =
    'delta' in value ? { instrument, quote, greeks: value as G } : { instrument, quote: value as Q, greeks };
  const next = [...chain];
  next.splice(place, isThere ? 1 : 0, { ...row, [side]: leg });
  return next;
}

/** Where the row stands or would stand. */
function placeOf(chain: OptionChain<unknown, unknown>, expiration: string, strike: number): number {
  let low = 0;
  let high = chain.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = chain[middle];
    const isBefore =
      row !== undefined && (row.expiration < expiration || (row.expiration === expiration && row.strike < strike));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
