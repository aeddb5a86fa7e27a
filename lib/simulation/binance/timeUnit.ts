import type { BinanceMarket } from './streamName.js';

export type TimeUnit = 'millisecond' | 'microsecond';

/** Spot alone can be asked for microseconds: by `timeUnit` in a socket's URL, by `X-MBX-TIME-UNIT` in a request. */
export const timeUnitOf = (market: BinanceMarket, requested: string | null | undefined): TimeUnit =>
  market === 'spot' && requested?.toLowerCase() === 'microsecond' ? 'microsecond' : 'millisecond';

/** A time in the unit that was asked for. The end of a candle is the last microsecond of its last millisecond. */
export const inUnit = (unit: TimeUnit, ms: number, isEnd = false): number =>
  unit === 'microsecond' ? ms * 1_000 + (isEnd ? 999 : 0) : ms;

type Fields = Readonly<Record<string, unknown>>;

/** The keys of times, by the kind of event: `t` is a time of candles and an id of trades. */
const times: Readonly<Record<string, readonly string[]>> = {
  trade: ['E', 'T'],
  aggTrade: ['E', 'T'],
  '24hrTicker': ['E', 'O', 'C'],
};

/** A spot event, or a list of them, with its times in microseconds. Figures are texts, and stay as they are. */
export function inMicroseconds(payload: string): string {
  const event = JSON.parse(payload) as Fields | readonly Fields[];
  return JSON.stringify(Array.isArray(event) ? event.map(converted) : converted(event as Fields));
}

function converted(event: Fields): Fields {
  const { e, k } = event;
  const whole = scaled(event, times[String(e)] ?? ['E']);
  if (e !== 'kline') return whole;
  const candle = scaled(k as Fields, ['t', 'T']);
  return { ...whole, k: { ...candle, T: Number(candle['T']) + 999 } };
}

const scaled = (record: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === 'number' ? inUnit('microsecond', value) : value,
    ]),
  );
