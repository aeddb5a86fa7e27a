import { type JsonObject, isJsonObject } from '../../../codec/jsonObject.js';
import { parseExact } from '../../../codec/losslessJson.js';
import { scanRecords } from '../../../codec/scanRecords.js';
import type { Dialect, Link } from '../../../socket/plan.js';
import { Requests } from '../requests.js';
import { levelKeys } from './frames.js';

/** Frames whose numbers are kept as they are written: zeros at their end count in checksums, and are what the venue said. */
const EXACT = /^\s*\{\s*"channel"\s*:\s*"(?:book|trade|ticker|ohlc)"/;
const exact: readonly unknown[] = ['book', 'trade', 'ticker', 'ohlc'];

/**
 * How Kraken's v2 talks: requests of many symbols of one channel, an answer to each of them that bears the request's number.
 * Frames name channel and symbol. One may be about several symbols.
 */
export function krakenDialect(link: Link): Dialect {
  const requests = new Requests(link, (method, { channel, params }, symbol, id) =>
    JSON.stringify({ method, params: { channel, symbol, ...params }, req_id: id }),
  );

  /** The key of what an entry of a frame belongs to; none of what is no stream. */
  const keyOf = (channel: string, entry: JsonObject): string | undefined => {
    const { symbol, interval } = entry;
    if (typeof symbol !== 'string') throw new TypeError(`an entry of ${channel} that names no symbol`);
    if (channel === 'trade') return `trade:${symbol}`;
    if (channel === 'ohlc') return `ohlc-${String(interval)}:${symbol}`;
    return requests.seatedIn(`${channel}:${symbol}`);
  };

  const deliver = (channel: string, frame: JsonObject): void => {
    const { data } = frame;
    if (!Array.isArray(data)) throw new TypeError(`a frame of ${channel} without data`);
    const byKey = new Map<string | undefined, unknown[]>();
    for (const entry of data as readonly unknown[]) {
      if (!isJsonObject(entry)) throw new TypeError(`an entry of ${channel} that is no object`);
      const key = keyOf(channel, entry);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [entry]);
      else same.push(entry);
    }
    for (const [key, entries] of byKey) {
      if (key !== undefined) link.deliver(key, byKey.size === 1 ? frame : { ...frame, data: entries });
    }
  };

  const hear = ({ method, success, error, req_id: id, result, symbol }: JsonObject): void => {
    if (method === 'pong') return;
    if (typeof method !== 'string') throw new TypeError('no channel, no method');
    const named = isJsonObject(result) ? result['symbol'] : symbol;
    requests.answered({ id, symbol: named, error: success === false ? String(error) : undefined });
  };

  return {
    receive: (text) => {
      const frame = parsed(text);
      if (!isJsonObject(frame)) throw new TypeError('no object');
      const { channel } = frame;
      if (channel === 'status') tellStatus(link, frame);
      else if (channel === 'heartbeat') return;
      else if (typeof channel === 'string') deliver(channel, frame);
      else hear(frame);
    },
    subscribe: (topics) => requests.make('subscribe', topics),
    unsubscribe: (topics) => requests.make('unsubscribe', topics),
    probe: () => JSON.stringify({ method: 'ping', req_id: requests.nextId() }),
  };
}

function parsed(text: string): unknown {
  if (!EXACT.test(text)) {
    const frame: unknown = JSON.parse(text);
    // Spelled in another way than usual.
    return isJsonObject(frame) && exact.includes(frame['channel']) ? parseExact(text) : frame;
  }
  return scanRecords(text, 'bids', 'asks', levelKeys, bookOf) ?? parseExact(text);
}

/** `online` is how it should be; else nothing, or not everything, is traded. */
function tellStatus(link: Link, { data }: JsonObject): void {
  const [first] = Array.isArray(data) ? (data as readonly unknown[]) : [];
  const system = isJsonObject(first) ? first['system'] : undefined;
  if (system !== 'online') link.complain(`system: ${String(system)}`);
}

/** The one book in a frame. */
function bookOf(frame: unknown): Record<string, unknown> | undefined {
  const data: unknown = isJsonObject(frame) ? frame['data'] : undefined;
  if (!Array.isArray(data)) return undefined;
  const [first, ...others] = data as readonly unknown[];
  return others.length === 0 && isRecord(first) ? first : undefined;
}

const isRecord = (u: unknown): u is Record<string, unknown> => isJsonObject(u);
