import type { HttpResponse } from '../../network/network.js';
import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import { type Interval, isInterval } from '../market/interval.js';
import type { Parameters } from '../parameters.js';
import type { Asset } from './assets.js';
import { nanosOf } from './assets.js';
import { type ListForm, itemsAnswer, pageOf } from './pages.js';
import { barText } from './statisticsBroadcasts.js';

/** The venue's largest page of bars. */
const MOST_BARS = 18_000;

const HOUR = 60;

/** The venue counts minutes (`60`), and takes `1h` as well; only `1M`, the month, is written in one case. */
function intervalOf(text: string): Interval | undefined {
  const minutes = Number(text);
  const plain = Number.isInteger(minutes) ? (minutes < HOUR ? `${minutes}m` : `${minutes / HOUR}h`) : text;
  const name = text === '1M' ? text : plain.toLowerCase();
  return isInterval(name) ? name : undefined;
}

/** `GET /klines/{asset}`: pages of bars, newest first, up to a time. Source: `model/klines.py` of tpluspy v0.6. */
export function klinesAnswer({ instrument }: Asset, parameters: Parameters, now: number, form: ListForm): HttpResponse {
  const named = intervalOf(parameters.text('interval') ?? '1');
  if (named === undefined) parameters.refuse('interval', 'interval is no width of bars');
  const interval = named ?? '1m';
  const { tape, units } = instrument;
  const trades = tape.tradesAfter(0);
  const [first] = trades;
  const closed: TapeCandle[] = [];
  const keep = (candle: TapeCandle): void => {
    closed.push({ ...candle });
  };
  const series = new CandleSeries(interval, units, keep, first?.tick ?? 0, first?.at ?? now);
  for (const trade of trades) series.add(trade);
  series.roll(now);
  const end = parameters.integer('end_timestamp_ns') ?? 0n;
  const bars = [...closed, series.current]
    .filter(({ openTime }) => end === 0n || BigInt(nanosOf(openTime)) <= end)
    .reverse();
  const items = bars.map((bar) => barText(bar, units));
  return itemsAnswer(items, pageOf(parameters, MOST_BARS), form, ',"truncated_before_ns":null');
}
