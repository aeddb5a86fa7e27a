import { check } from '../../errors/checks.js';
import { checkText } from '../../errors/optionRules.js';

const PERIOD = /^(\d+(?:\.\d+)?)?(mo|pm|pr|[tsmhdwoyvp])$/;
const PERIODS = 'a candle period such as 5m or 1d,tho=true';
const SYMBOL = /^([^{}\s]+)\{([^{}\s]*)\}$/;

/** Attributes as they are where none is named (dxFeed's own symbols leave them out, or don't). */
const DEFAULTS: readonly string[] = ['price=last', 'tho=false', 'a=m'];

/**
 * The symbol of candles in the venue's normal form, which is how it answers: a value of 1 and attributes that say nothing else than
 * none does are dropped, the others stand in the order of their keys. `('AAPL', '1d')` is `AAPL{=d}`; `('AAPL', '1h,tho=true,a=s')` is `AAPL{=h,a=s,tho=true}`.
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
  const told = attributes.filter((one) => !DEFAULTS.includes(one)).sort();
  return `${symbol}{${[`=${value}${type ?? ''}`, ...told].join(',')}}`;
}

/** How long candles of a period are. */
export interface CandlePeriod {
  /** In ms; of months and years that of the longest. */
  readonly length: number;
  /** When one that begins then is over, in ms. */
  readonly endOf: (openTime: number) => number;
}

const DAY = 86_400_000;
const lengths = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY, w: 7 * DAY, mo: 31 * DAY, y: 366 * DAY } as const;
const isTimed = (type: string): type is keyof typeof lengths => Object.hasOwn(lengths, type);

/** Of a period such as `5m`; `undefined` where it is none of time, but of trades, volume or prices. */
export function candlePeriod(period: string): CandlePeriod | undefined {
  const [, text = '1', type = ''] = PERIOD.exec(period.replace(/^=/, '').split(',')[0] ?? '') ?? [];
  const count = Number(text);
  if (!isTimed(type) || count <= 0) return undefined;
  const months = type === 'mo' ? count : type === 'y' ? 12 * count : undefined;
  const length = lengths[type] * count;
  return { length, endOf: (openTime) => (months === undefined ? openTime + length : monthsAfter(openTime, months)) };
}

/**
 * Months begin at midnight of UTC, or with the session that begins on the last day of the month before; that is the last day of the
 * next one, too, however many it has.
 */
function monthsAfter(time: number, months: number): number {
  const date = new Date(time);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const midnight = Date.UTC(year, month, day);
  const last = Date.UTC(year, month + months + 1, 0);
  const next = midnight === Date.UTC(year, month + 1, 0) ? last : Math.min(Date.UTC(year, month + months, day), last);
  return next + time - midnight;
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

/** The same of a symbol that the venue tells: one of a period that is not known here is told as it is. */
export function toldSymbol(symbol: string): string {
  try {
    return normalSymbol(symbol);
  } catch {
    return symbol;
  }
}
