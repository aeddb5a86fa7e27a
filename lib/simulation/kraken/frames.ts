import { crc32 } from '../crc32.js';
import type { LevelText } from '../market/side.js';
import type { TapeTrade } from '../market/tape.js';
import type { DepthSides } from '../topics/depthWindow.js';

/** The frames of v2 of Kraken's API, whose numbers are written with all their decimals. */

export const isoTime = (at: number): string => new Date(at).toISOString().replace('Z', '000Z');
/** To the nanosecond, as bars have it of their begin and frames of bars of themselves. */
export const nanoTime = (at: number): string => isoTime(at).replace('Z', '000Z');

const levels = (some: readonly LevelText[]): string =>
  `[${some.map(([price, qty]) => `{"price":${price},"qty":${qty}}`).join()}]`;

/** Without the point and the zeros ahead. */
const digits = (text: string): string => text.replace('.', '').replace(/^0+/, '');

/** Of the ten best a side, asks first. */
export function checksumOf({ bids, asks }: DepthSides): number {
  const ten = [...asks.slice(0, 10), ...bids.slice(0, 10)];
  return crc32(ten.map(([price, size]) => digits(price) + digits(size)).join(''));
}

export const bookFrame = (
  type: 'snapshot' | 'update',
  symbol: string,
  { bids, asks }: DepthSides,
  checksum: number,
  at: number,
): string =>
  `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}","bids":${levels(bids)},"asks":${levels(asks)},"checksum":${checksum},"timestamp":"${isoTime(at)}"}]}`;

export const tradeFrame = (type: 'snapshot' | 'update', symbol: string, trades: readonly TapeTrade[]): string => {
  const rows = trades.map(
    ({ id, side, price, size, at }) =>
      `{"symbol":"${symbol}","side":"${side}","price":${price},"qty":${size},"ord_type":"limit","trade_id":${id},"timestamp":"${isoTime(at)}"}`,
  );
  return `{"channel":"trade","type":"${type}","data":[${rows.join()}]}`;
};

/** Of any other channel: fields whose numbers are texts of digits. `at`: when it was sent, where a channel says that. */
export function rowFrame(
  channel: string,
  type: 'snapshot' | 'update',
  texts: Readonly<Record<string, string>>,
  numbers: Readonly<Record<string, string | number>>,
  at?: number,
): string {
  const fields = [
    ...Object.entries(texts).map(([name, value]) => `"${name}":"${value}"`),
    ...Object.entries(numbers).map(([name, value]) => `"${name}":${value}`),
  ];
  const sent = at === undefined ? '' : `"timestamp":"${nanoTime(at)}",`;
  return `{"channel":"${channel}","type":"${type}",${sent}"data":[{${fields.join()}}]}`;
}
