import { firstValueFrom, Subscription } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import type { Candle } from '../../lib/model/candle.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import type { Quote } from '../../lib/model/quote.js';
import type { Trade } from '../../lib/model/trade.js';
import type { Recording } from '../../lib/recording/format.js';
import { replay } from '../../lib/recording/replay.js';
import { binance } from '../../lib/venues/binance/index.js';
import { loadRecording, NO_RECORDINGS, recordingsOf } from '../support/recordings.js';

/** Everything that the streams of a recording told, in order. */
interface Heard {
  readonly states: (readonly [string, BookState])[];
  readonly events: DepthEvent[];
  readonly quotes: Quote[];
  readonly trades: Trade[];
  readonly candles: Candle[];
}

const names = recordingsOf('binance-');

/** `{"stream":"btcusdt@aggTrade",…`, the head of each frame of a combined stream. */
const HEAD = /^\{"stream":"([^"]+)"/;

const streamsOf = ({ events }: Recording): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (event.kind === 'frame' ? (HEAD.exec(event.data)?.[1] ?? []) : [])));

/** Plays a recording through the streams that users have. */
async function play(name: string): Promise<Heard> {
  const recording = loadRecording(name);
  const played = replay(recording, {
    reply: (sent) => JSON.stringify({ result: null, id: (JSON.parse(sent) as { readonly id: number }).id }),
  });
  const exchange = binance({
    market: name.startsWith('binance-futures') ? 'usdm' : 'spot',
    network: played,
    scheduler: played.clock,
    random: () => 0.5,
  });
  const heard: Heard = { states: [], events: [], quotes: [], trades: [], candles: [] };
  const all = new Subscription();
  for (const stream of streamsOf(recording)) {
    const [symbol = '', kind = ''] = stream.split('@');
    if (kind === 'depth') {
      all.add(exchange.book(symbol).subscribe((state) => heard.states.push([symbol, state])));
      all.add(exchange.depth(symbol).subscribe((event) => heard.events.push(event)));
    }
    if (kind === 'bookTicker') all.add(exchange.quotes(symbol).subscribe((quote) => heard.quotes.push(quote)));
    if (kind === 'aggTrade') all.add(exchange.aggregateTrades(symbol).subscribe((trade) => heard.trades.push(trade)));
    if (kind === 'kline_1m') all.add(exchange.candles(symbol, '1m').subscribe((candle) => heard.candles.push(candle)));
  }
  await firstValueFrom(played.finished$);
  all.unsubscribe();
  exchange.close();
  return heard;
}

const textOf = (level: PriceLevel | undefined): string =>
  level ? `${level.exact.price} x ${level.exact.size}` : 'none';

/** All that a state says, but of the levels only the best: the rest of them is in the events. */
function summaryOf([symbol, state]: readonly [string, BookState]): string {
  if (state.status === 'syncing') return `${symbol} syncing`;
  const { bids, asks, sequence, venueTime, receivedTime } = state.book;
  const sides = [bids, asks].map((side) => `${side.length} ${side.slice(5).map(textOf).join(' ')}`);
  const why = state.status === 'stale' ? `${state.reason} ${state.since}` : '';
  return [symbol, state.status, why, sequence, venueTime, receivedTime, ...sides].join('|');
}

if (names.length === 0) {
  it.skip(`the streams of recordings (${NO_RECORDINGS})`, () => undefined);
} else {
  describe.each(names)('%s', (name) => {
    it('says the same when it is played again, emission by emission', async () => {
      const [first, second] = [await play(name), await play(name)];

      expect(first.states.length).toBeGreaterThan(100);
      expect(second.states.map(summaryOf)).toEqual(first.states.map(summaryOf));
      expect(JSON.stringify(second.events)).toBe(JSON.stringify(first.events));
      const values = ({ quotes, trades, candles }: Heard): string => JSON.stringify([quotes, trades, candles]);
      expect(values(second)).toBe(values(first));
    });

    it('has the best of the book where the venue says at the same update that it is', async () => {
      const { states, quotes } = await play(name);
      const tops = new Map<string, string>();
      for (const [symbol, state] of states) {
        if (state.status !== 'live') continue;
        const { book } = state;
        tops.set(
          `${symbol.toUpperCase()} ${String(book.sequence)}`,
          `${textOf(book.bestBid)}, ${textOf(book.bestAsk)}`,
        );
      }
      const compared = quotes.flatMap(({ instrument, sequence, bid, ask }) => {
        const top = tops.get(`${instrument} ${String(sequence)}`);
        return top === undefined ? [] : [{ said: `${textOf(bid)}, ${textOf(ask)}`, top }];
      });

      // One recording has no such stream.
      expect(compared.length > 0).toBe(quotes.length > 0);
      for (const { said, top } of compared) expect(top).toBe(said);
    });

    it('gives back each price, size and id digit by digit', async () => {
      const heard = await play(name);
      const raw = digitsOf(loadRecording(name));
      const trades = heard.trades.map((trade) => `${trade.instrument} ${trade.id} ${textOf(trade)}`);
      const quotes = heard.quotes.map(
        (one) => `${one.instrument} ${one.sequence} ${textOf(one.bid)} ${textOf(one.ask)}`,
      );
      const candles = heard.candles.map(
        ({ instrument, openTime, exact: { open, high, low, close, volume } }) =>
          `${instrument} ${openTime} ${open} ${high} ${low} ${close} ${volume}`,
      );
      const depth = heard.events.flatMap((event) => {
        if (event.type === 'reset') return [];
        const sides = `${event.bids.map(textOf).join(' ')} / ${event.asks.map(textOf).join(' ')}`;
        const numbers =
          event.type === 'snapshot' ? String(event.sequence) : `${event.firstSequence} ${event.lastSequence}`;
        return [`${event.instrument} ${event.type} ${numbers} ${sides}`];
      });

      expect([...trades].sort()).toEqual([...raw.trades].sort());
      expect([...quotes].sort()).toEqual([...raw.quotes].sort());
      expect([...candles].sort()).toEqual([...raw.candles].sort());
      expect(depth.filter((text) => !raw.depth.has(text))).toEqual([]);
      expect(depth.length).toBeGreaterThan(100);
      const levels = heard.events.flatMap((event) => (event.type === 'reset' ? [] : [...event.bids, ...event.asks]));
      const wrong = levels.filter(
        ({ price, size, exact }) => Number(exact.price) !== price || Number(exact.size) !== size,
      );
      expect(wrong).toEqual([]);
    });
  });
}

interface Digits {
  readonly trades: readonly string[];
  readonly quotes: readonly string[];
  readonly candles: readonly string[];
  readonly depth: ReadonlySet<string>;
}

/** The same lines taken from the frames as texts; no number of theirs has been a number. */
function digitsOf({ events }: Recording): Digits {
  const trades: string[] = [];
  const quotes: string[] = [];
  const candles: string[] = [];
  const depth = new Set<string>();
  for (const event of events) {
    if (event.kind === 'http') {
      const symbol = /symbol=(\w+)/.exec(event.url)?.[1];
      if (symbol === undefined) continue;
      const id = field(event.body, 'lastUpdateId');
      depth.add(`${symbol} snapshot ${id} ${sideOf(event.body, 'bids')} / ${sideOf(event.body, 'asks')}`);
      continue;
    }
    const { data } = event;
    const symbol = field(data, 's');
    const all = (...keys: readonly string[]): string => keys.map((key) => field(data, key)).join(' ');
    switch (HEAD.exec(data)?.[1]?.split('@')[1]) {
      case 'aggTrade':
        trades.push(`${symbol} ${field(data, 'a')} ${field(data, 'p')} x ${field(data, 'q')}`);
        break;
      case 'bookTicker':
        quotes.push(
          `${all('s', 'u')} ${field(data, 'b')} x ${field(data, 'B')} ${field(data, 'a')} x ${field(data, 'A')}`,
        );
        break;
      case 'kline_1m':
        candles.push(all('s', 't', 'o', 'h', 'l', 'c', 'v'));
        break;
      case 'depth':
        depth.add(`${symbol} diff ${all('U', 'u')} ${sideOf(data, 'b')} / ${sideOf(data, 'a')}`);
        break;
      default:
    }
  }
  return { trades, quotes, candles, depth };
}

/** A text or a number of a frame, its digits as they stand there. */
const field = (text: string, key: string): string =>
  new RegExp(`"${key}":\\s*"?([^",}\\]]*)`).exec(text)?.[1] ?? `no ${key}`;

const sideOf = (text: string, key: string): string =>
  [
    ...(new RegExp(`"${key}":\\s*\\[((?:\\s*\\[[^\\]]*\\],?)*)`).exec(text)?.[1] ?? '').matchAll(
      /\[\s*"([^"]*)",\s*"([^"]*)"/g,
    ),
  ]
    .map(([, price, size]) => `${String(price)} x ${String(size)}`)
    .join(' ');
