import { InvalidArgumentError } from '../../../errors/invalidArgumentError.js';

const OCC = /^([A-Z0-9]{1,6}) *(\d{6})([CP])(\d{8})$/;
const STREAMER = /^\.([A-Z0-9]{1,6}?)(\d{6})([CP])(\d+(?:\.\d{1,3})?|\.\d{1,3})$/;
const FUTURE = /^\/([A-Z0-9]+)([FGHJKMNQUVXZ])(\d{1,2})$/;
const FUTURE_OPTION = /^\.\/([A-Z0-9]+[FGHJKMNQUVXZ]\d) ?([A-Z0-9]+[FGHJKMNQUVXZ])(\d) +(\d{6})([CP])(\d+(?:\.\d+)?)$/;
const STREAMER_FUTURE = /^\/([A-Z0-9]+[FGHJKMNQUVXZ])(\d{2}):(\w+)$/;

/** One equity or index option. */
export interface DxLinkOptionContract {
  /** As the symbol has it, `SPXW` for instance. */
  readonly root: string;
  /** `YYMMDD`. */
  readonly expiration: string;
  readonly side: 'call' | 'put';
  readonly strike: number;
}

/** What a streamer symbol of an equity or index option says; `undefined` for any other symbol. */
export function optionContractOf(symbol: string): DxLinkOptionContract | undefined {
  const [, root, expiration, side, strike] = STREAMER.exec(symbol) ?? [];
  if (root === undefined || expiration === undefined) return undefined;
  return { root, expiration, side: side === 'C' ? 'call' : 'put', strike: Number(strike) };
}

/**
 * The streamer symbol of an equity or index option: `AAPL  250117C00150000` → `.AAPL250117C150`. Adjusted options (digits
 * in the root) are converted by the same rule, but the venue may call them otherwise: take `streamer-symbol` from REST.
 *
 * @throws InvalidArgumentError for what is no OCC symbol.
 */
export function occToStreamer(symbol: string): string {
  const [, root, expiration, side, strike] = OCC.exec(symbol) ?? [];
  if (root === undefined || strike === undefined) {
    throw new InvalidArgumentError('symbol', 'an OCC symbol such as "AAPL  250117C00150000"', symbol);
  }
  return `.${root}${expiration ?? ''}${side ?? ''}${strikeText(strike)}`;
}

/**
 * The OCC symbol of an equity or index option: `.F250620C2.02` → `F     250620C00002020`.
 *
 * @throws InvalidArgumentError for what is no streamer symbol of such an option.
 */
export function streamerToOcc(symbol: string): string {
  const [, root, expiration, side, strike] = STREAMER.exec(symbol) ?? [];
  const [whole = '', part = ''] = (strike ?? '').split('.');
  const digits = (whole + part.padEnd(3, '0')).padStart(8, '0');
  if (root === undefined || digits.length > 8) {
    throw new InvalidArgumentError('symbol', 'a streamer symbol such as ".AAPL250117C150"', symbol);
  }
  return `${root.padEnd(6)}${expiration ?? ''}${side ?? ''}${digits}`;
}

/** Eight digits of thousandths as a decimal without zeros at its end. Texts only: no float takes part. */
function strikeText(digits: string): string {
  const whole = digits.slice(0, 5).replace(/^0+(?=\d)/, '');
  const part = digits.slice(5).replace(/0+$/, '');
  return part === '' ? whole : `${whole}.${part}`;
}

/**
 * The streamer symbol of a future: `/ESM5` → `/ESM25:XCME`. The one digit of the year is read as the first such year
 * that is not over.
 *
 * @param exchange As dxFeed names it: XCME, XCEC, XNYM, XCBT. A symbol does not tell it.
 * @param year The present year, four digits.
 */
export function futureToStreamer(symbol: string, exchange: string, year: number): string {
  const [, root, month, digits] = FUTURE.exec(symbol) ?? [];
  if (root === undefined || month === undefined || digits === undefined) {
    throw new InvalidArgumentError('symbol', 'a future such as /ESM5', symbol);
  }
  return `/${root}${month}${digits.length === 2 ? digits : yearOf(digits, year)}:${exchange}`;
}

/** `/ESM25:XCME` → `/ESM5`. */
export function streamerToFuture(symbol: string): string {
  const [, root, digits] = STREAMER_FUTURE.exec(symbol) ?? [];
  if (root === undefined || digits === undefined) {
    throw new InvalidArgumentError('symbol', 'a streamer symbol such as /ESM25:XCME', symbol);
  }
  return `/${root}${digits.slice(1)}`;
}

/**
 * The streamer symbol of an option on a future: `./ESU5 ESU5  250919P900` → `./ESU25P900:XCME`. There is no way back: the
 * streamer symbol has neither the day of expiration nor the future.
 */
export function futureOptionToStreamer(symbol: string, exchange: string): string {
  const [, , contract, digit, expiration, side, strike] = FUTURE_OPTION.exec(symbol) ?? [];
  if (contract === undefined || expiration === undefined || digit === undefined) {
    throw new InvalidArgumentError('symbol', 'an option such as "./ESU5 ESU5  250919P900"', symbol);
  }
  // The option's own year is that of its expiration, or the next one with that digit (a January contract ends earlier).
  return `./${contract}${yearOf(digit, 2000 + Number(expiration.slice(0, 2)))}${side ?? ''}${strike ?? ''}:${exchange}`;
}

const yearOf = (digit: string, year: number): string => {
  const full = year + ((Number(digit) - (year % 10) + 10) % 10);
  return String(full % 100).padStart(2, '0');
};
