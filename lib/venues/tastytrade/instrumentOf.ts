import { compareDecimals } from '../../book/decimals.js';
import { plainDecimal, unifiedName } from '../../book/ticks.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Instrument } from '../../model/instrument.js';
import type { Cryptocurrency, Equity, Future, Option, Precision, TickSizes } from './instrumentFrames.js';

/** An instrument of tastytrade. */
export interface TastytradeInstrument extends Instrument {
  /** What market data calls it: what the methods of `marketData()` take. Absent where the venue does not tell. */
  readonly streamerSymbol?: string | undefined;
}

/** The venue names no currency of shares, futures and options: its accounts are in US dollars. */
const DOLLARS = 'USD';

export function instrumentOfEquity(equity: Equity, precisions: readonly Precision[]): TastytradeInstrument {
  const { symbol: name, 'is-fractional-quantity-eligible': isFractional = false } = equity;
  const lot = isFractional ? (lotOf('Equity', name, precisions) ?? '1') : '1';
  return { ...common(equity, name, DOLLARS, 'equity'), tick: leastOf(name, equity['tick-sizes']), lot };
}

export function instrumentOfCryptocurrency(
  crypto: Cryptocurrency,
  precisions: readonly Precision[],
): TastytradeInstrument {
  const { symbol: name, 'tick-size': tick } = crypto;
  const [base = '', quote = ''] = name.split('/');
  const lot = lotOf('Cryptocurrency', name, precisions);
  if (lot === undefined) throw noStep(name, 'sizes');
  return { ...common(crypto, base, quote, 'spot'), tick: plainDecimal(tick), lot };
}

export function instrumentOfFuture(future: Future): TastytradeInstrument {
  const { symbol, 'product-code': base, 'tick-size': tick, 'tick-sizes': ticks = [], 'expires-at': expiry } = future;
  const all = tick === undefined ? ticks : [{ value: tick }, ...ticks];
  return { ...common(future, base, DOLLARS, 'future', { expiry }), tick: leastOf(symbol, all), lot: '1' };
}

/** @param underlying Its shares or its future: they tell how prices of their options step. */
export function instrumentOfOption(option: Option, underlying: Equity | Future): TastytradeInstrument {
  const { 'product-code': product, 'underlying-symbol': shares, 'strike-price': price, 'expires-at': expiry } = option;
  const strike = plainDecimal(price);
  const optionType = option['option-type'] === 'C' ? 'call' : 'put';
  return {
    ...common(option, product ?? shares, DOLLARS, 'option', { expiry, strike, optionType }),
    tick: leastOf(option.symbol, underlying['option-tick-sizes']),
    lot: '1',
  };
}

type Listed = Equity | Future | Option | Cryptocurrency;
type Contract = Pick<Instrument, 'expiry' | 'strike' | 'optionType'>;

function common(
  listed: Listed,
  base: string,
  quote: string,
  kind: Instrument['kind'],
  contract?: Contract,
): Omit<TastytradeInstrument, 'tick' | 'lot'> {
  const { symbol: name, active, 'is-closing-only': isClosing = false, 'halted-at': haltedAt } = listed;
  const settle = contract === undefined ? {} : { settle: quote, ...contract };
  const status =
    haltedAt !== undefined ? 'halted' : isClosing ? 'closing only' : active === false ? 'inactive' : 'active';
  return {
    name,
    unified: unifiedName({ base, quote, ...settle }),
    kind,
    base,
    quote,
    ...settle,
    isTrading: status === 'active',
    status,
    streamerSymbol: listed['streamer-symbol'],
  };
}

/** Prices step less below a threshold, or more: the least step is the tick. */
function leastOf(symbol: string, sizes: TickSizes): string {
  const [least] = (sizes ?? []).map(({ value }) => value).sort(compareDecimals);
  if (least === undefined) throw noStep(symbol, 'prices');
  return plainDecimal(least);
}

/** By the symbol where the list has it, else by the type. */
function lotOf(type: string, symbol: string, precisions: readonly Precision[]): string | undefined {
  const ofType = precisions.filter((one) => one['instrument-type'] === type);
  const { value } = ofType.find((one) => one.symbol === symbol) ?? ofType.find((one) => one.symbol === undefined) ?? {};
  if (value === undefined) return undefined;
  return value === 0 ? '1' : `0.${'1'.padStart(value, '0')}`;
}

/** An index has no prices of its own to trade at: that is no failure which passes. */
const noStep = (symbol: string, what: 'prices' | 'sizes'): SubscriptionRefusedError =>
  new SubscriptionRefusedError('tastytrade', symbol, `the venue tells no step of its ${what}`);
