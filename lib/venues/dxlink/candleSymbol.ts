import { check } from '../../errors/checks.js';
import { checkText } from '../../errors/optionRules.js';

const PERIOD = /^(\d+(?:\.\d+)?)?(mo|pm|pr|[tsmhdwoyvp])$/;
const PERIODS = 'a candle period such as 5m or 1d,tho=true';
const SYMBOL = /^([^{}\s]+)\{([^{}\s]*)\}$/;

/**
 * The symbol of candles in the venue's normal form, which is how it answers: a value of 1 is dropped, attributes stand
 * in the order of their keys. `('AAPL', '1d')` is `AAPL{=d}`; `('AAPL', '1h,tho=true,a=s')` is `AAPL{=h,a=s,tho=true}`.
 *
 * @param symbol The instrument, with `&Q` behind it for one exchange only.
 * @param period `<n><type>`, then attributes. Types: `t` tick, `s`, `m`, `h`, `d`, `w`, `mo`, `o` option expiry month,
 *   `y`, `v` volume, `p` price, `pm` price momentum, `pr` price renko. Attributes: `price`, `tho`, `a`, `pl`.
 * @throws InvalidArgumentError for a symbol or a period that is none.
 */
export function candleSymbol(symbol: string, period: string): string {
  checkText('symbol', /^[^{}\s]+$/, 'a streamer symbol such as AAPL', symbol);
  checkText('period', /^\S+$/, PERIODS, period);
  const [first = '', ...attributes] = period.replace(/^=/, '').split(',');
  const [, count, type] = PERIOD.exec(first) ?? [];
  check('period', type !== undefined && attributes.every((one) => /^[a-z]+=[^=]+$/.test(one)), PERIODS, period);
  const value = count === undefined || Number(count) === 1 ? '' : String(Number(count));
  return `${symbol}{${[`=${value}${type ?? ''}`, ...attributes.sort()].join(',')}}`;
}

/** A candle symbol, however it is written, in the venue's normal form; any other symbol as it is. */
export function normalSymbol(symbol: string): string {
  const [, base, period] = SYMBOL.exec(symbol) ?? [];
  if (base === undefined || period === undefined) return symbol;
  const parts = period.split(',');
  const first = parts.find((part) => part.startsWith('='));
  if (first === undefined) return symbol;
  return candleSymbol(base, [first, ...parts.filter((part) => part !== first)].join(','));
}
