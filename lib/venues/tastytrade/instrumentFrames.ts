import * as t from 'io-ts';
import { list } from '../../codec/list.js';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { orNone } from '../../codec/orNone.js';
import { Text } from '../../codec/scalars.js';
import { Instant } from './scalars.js';

/** Source of all: the developer site's guide "Instruments" with its examples, read 2026-11-29. */

/** Below a `threshold` the price steps so; the last one has none. */
const TickSizes = orNone(list(frame('tastytrade.TickSize', { value: DecimalText }, { threshold: Text })));
export type TickSizes = t.TypeOf<typeof TickSizes>;

const stand = {
  active: orNone(t.boolean),
  'is-closing-only': orNone(t.boolean),
  'halted-at': orNone(Instant),
  'streamer-symbol': orNone(Text),
};
const common = { symbol: Text };

const answer = <C extends t.Mixed>(name: string, data: C) => frame(`${name}Answer`, { data });

const Equity = frame('tastytrade.Equity', common, {
  ...stand,
  'is-fractional-quantity-eligible': orNone(t.boolean),
  'tick-sizes': TickSizes,
  'option-tick-sizes': TickSizes,
});
export type Equity = t.TypeOf<typeof Equity>;
export const EquityAnswer = answer('tastytrade.Equity', Equity);

const Future = frame(
  'tastytrade.Future',
  { ...common, 'product-code': Text, 'expires-at': Instant },
  { ...stand, 'tick-size': orNone(DecimalText), 'tick-sizes': TickSizes, 'option-tick-sizes': TickSizes },
);
export type Future = t.TypeOf<typeof Future>;
export const FutureAnswer = answer('tastytrade.Future', Future);

/** An option of shares or of a future: only that one has a `product-code`. */
const Option = frame(
  'tastytrade.Option',
  {
    ...common,
    'underlying-symbol': Text,
    'strike-price': DecimalText,
    'option-type': t.keyof({ C: null, P: null }),
    'expires-at': Instant,
  },
  { ...stand, 'product-code': orNone(Text) },
);
export type Option = t.TypeOf<typeof Option>;
export const OptionAnswer = answer('tastytrade.Option', Option);

const Cryptocurrency = frame('tastytrade.Cryptocurrency', { ...common, 'tick-size': DecimalText }, stand);
export type Cryptocurrency = t.TypeOf<typeof Cryptocurrency>;
export const CryptocurrencyAnswer = answer('tastytrade.Cryptocurrency', Cryptocurrency);

/** How many decimals a size may have: of one symbol, or of all of a type. */
const Precision = frame(
  'tastytrade.Precision',
  { 'instrument-type': Text, value: t.refinement(t.Int, (n) => n >= 0 && n <= 36, 'Int') },
  { symbol: orNone(Text) },
);
export type Precision = t.TypeOf<typeof Precision>;
export const PrecisionsAnswer = frame('tastytrade.Precisions', {
  data: frame('tastytrade.PrecisionItems', { items: list(Precision) }),
});
