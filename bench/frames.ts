import { recordedLines, recordingsOf } from '../spec/support/recordings.js';

/** What the measurements are fed: depth frames as Binance's futures socket sends them, and a snapshot per symbol. */
export interface Frames {
  readonly source: string;
  readonly snapshots: ReadonlyMap<string, RawSnapshot>;
  /** Texts of combined-stream frames, `{"stream":…,"data":{…}}`, in order; each follows its symbol's snapshot. */
  readonly texts: readonly string[];
}
type RawLevel = readonly [price: string, size: string];
export interface RawSnapshot {
  readonly lastUpdateId: number;
  readonly bids: readonly RawLevel[];
  readonly asks: readonly RawLevel[];
}
interface RawEvent {
  readonly kind?: string;
  readonly url?: string;
  readonly data?: string;
  readonly body?: string;
}

const RECORDING = 'binance-futures-2.ndjson.gz';

export function loadFrames(): Frames {
  return recordingsOf(RECORDING).length > 0 ? recordedFrames() : madeFrames();
}

function recordedFrames(): Frames {
  const snapshots = new Map<string, RawSnapshot>();
  const texts: string[] = [];
  for (const line of recordedLines(RECORDING)) {
    const event = (line === '' ? {} : JSON.parse(line)) as RawEvent;
    const symbol = /\/depth\?symbol=(\w+)/.exec(event.url ?? '')?.[1];
    if (symbol !== undefined && event.body !== undefined) {
      snapshots.set(symbol, JSON.parse(event.body) as RawSnapshot);
    } else if (event.data?.includes('"depthUpdate"') === true) {
      const { data } = JSON.parse(event.data) as { data: { s: string; u: number } };
      if (data.u >= (snapshots.get(data.s)?.lastUpdateId ?? Infinity)) texts.push(event.data);
    }
  }
  return { source: 'binance-futures-2', snapshots, texts };
}

/** Much the same without the recording: four symbols, about eight levels a diff, most of them near the best price. */
function madeFrames(): Frames {
  let state = 42;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const price = (ticks: number): string => (ticks / 1000).toFixed(4);
  const snapshots = new Map<string, RawSnapshot>();
  const texts: string[] = [];
  const symbols = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT'];
  const side = (step: number): RawLevel[] =>
    Array.from({ length: 700 }, (_, i) => [price(7500 + step * (i + 1)), String(1 + Math.floor(random() * 5000))]);
  for (const symbol of symbols) snapshots.set(symbol, { lastUpdateId: 1, bids: side(-1), asks: side(1) });
  const last = new Map<string, number>();
  for (let u = 2; u < 800; u++) {
    const symbol = symbols[u % 4] ?? '';
    const changes = (step: number): RawLevel[] => {
      const ticks = Array.from({ length: 1 + Math.floor(random() * 7) }, () => Math.floor(random() ** 4 * 200));
      const sorted = [...new Set(ticks)].sort((a, b) => a - b);
      return sorted.map((t) => [
        price(7500 + step * (t + 1)),
        random() < 0.02 ? '0' : String(Math.floor(random() * 5000) + 1),
      ]);
    };
    const data = {
      e: 'depthUpdate',
      E: u,
      T: u,
      s: symbol,
      U: u,
      u,
      pu: last.get(symbol) ?? 1,
      b: changes(-1).reverse(),
      a: changes(1),
    };
    texts.push(JSON.stringify({ stream: `${symbol.toLowerCase()}@depth@100ms`, data }));
    last.set(symbol, u);
  }
  return { source: 'made', snapshots, texts };
}

/** The snapshot with each side brought to exactly `count` levels: cut, or continued outwards in the same steps. */
export function padded(snapshot: RawSnapshot, count: number): RawSnapshot {
  return { ...snapshot, bids: paddedSide(snapshot.bids, count, -1), asks: paddedSide(snapshot.asks, count, 1) };
}

function paddedSide(levels: readonly RawLevel[], count: number, direction: number): readonly RawLevel[] {
  if (levels.length >= count) return levels.slice(0, count);
  const last = levels.at(-1)?.[0] ?? '1.0';
  const scale = last.length - last.indexOf('.') - 1;
  const ticks = Number(last.replace('.', ''));
  const room = count - levels.length;
  // Bids must stay above 0, so the steps outwards get finer where a tick would not fit `room` times.
  const digits = direction < 0 ? Math.max(0, Math.ceil(Math.log10((room + 1) / ticks))) : 0;
  const start = ticks * 10 ** digits;
  const more = Array.from({ length: room }, (_, i): RawLevel => {
    const text = String(start + direction * (i + 1)).padStart(scale + digits + 1, '0');
    return [`${text.slice(0, -(scale + digits))}.${text.slice(-(scale + digits))}`, '1000'];
  });
  return [...levels, ...more];
}
