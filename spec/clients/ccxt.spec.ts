import { serve } from '../../lib/node/serve.js';
import { simulatedBinance, type SimulatedVenue } from '../../lib/simulation/index.js';
import { clientOf, type Client, type Line } from './client.js';
import { itWith } from './installed.js';
import { isTrueCandle, isTrueDay } from './ticks.js';

type Row = readonly number[];
interface Book {
  readonly nonce: number;
  readonly bids: readonly Row[];
  readonly asks: readonly Row[];
}
interface Trade {
  readonly id: string;
  readonly price: number;
  readonly amount: number;
  readonly side: string;
  readonly timestamp: number;
}
interface Ticker {
  readonly timestamp: number;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly baseVolume: number;
  readonly quoteVolume: number;
}
interface Fetched {
  readonly book: Book;
  readonly trades: readonly Trade[];
  readonly ohlcv: readonly Row[];
  readonly ticker: Ticker;
  readonly tickers: readonly string[];
}
type Event = Readonly<Record<string, unknown>>;

/** The venue, and every event that it sends. */
function overheard(venue: SimulatedVenue, sent: Event[]): SimulatedVenue {
  return {
    ...venue,
    accept: (request, connection) =>
      venue.accept(request, {
        ...connection,
        send: (text) => {
          sent.push(JSON.parse(text) as Event);
          connection.send(text);
        },
      }),
  };
}

/** What the client was told, held against the venue as it is read. */
class Witness {
  readonly counts: Record<string, number> = {};
  readonly wrong: string[] = [];
  readonly errors: { readonly kind: string; readonly name: string }[] = [];

  constructor(
    private readonly venue: SimulatedVenue,
    private readonly sent: readonly Event[],
    private readonly width: number,
  ) {}

  readonly hear = ({ kind, value }: Line): void => {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    if (kind === 'error') this.errors.push(value as Witness['errors'][number]);
    if (kind === 'book') this.judge(kind, this.isTrue(value as Book));
    if (kind === 'trades') this.judge(kind, (value as readonly Trade[]).every(this.hasTraded));
    if (kind === 'ohlcv')
      this.judge(
        kind,
        (value as readonly Row[]).every((row) => this.hasGrown(row)),
      );
    if (kind === 'ticker') this.judge(kind, this.wasSeen(value as Ticker));
  };

  isTrue({ nonce, bids, asks }: Book): boolean {
    const truth = this.venue.market.trueBook('BTCUSDT', nonce);
    const sides = [truth?.bids, truth?.asks].map((side) => side?.map((level) => level.map(Number)));
    return truth?.sequence === nonce && JSON.stringify(sides) === JSON.stringify([bids, asks]);
  }

  readonly hasTraded = ({ id, price, amount, side, timestamp }: Trade): boolean => {
    const trade = this.venue.market.instrument('BTCUSDT')?.tape.tradesAfter(Number(id) - 1)[0];
    return (
      String(trade?.id) === id &&
      Number(trade?.price) === price &&
      Number(trade?.size) === amount &&
      trade?.side === side &&
      trade.at === timestamp
    );
  };

  /** What one order took at one price: so trades are by request. */
  hasTradedAtOnce({ id, price, amount, side, timestamp }: Trade): boolean {
    const whole = this.venue.market.instrument('BTCUSDT')?.tape.aggregatesAfter(Number(id) - 1)[0];
    const { price: paid, size, side: taker, at } = whole ?? {};
    return (
      JSON.stringify([id, price, amount, side, timestamp]) ===
      JSON.stringify([String(whole?.id), Number(paid), Number(size), taker, at])
    );
  }

  /** Whether it was sent, and made of the market's trades. */
  private hasGrown(row: Row): boolean {
    const isSent = this.sent.some(({ k }) => {
      const { t, o, h, l, c, v } = (k ?? {}) as Event;
      return JSON.stringify([t, o, h, l, c, v].map(Number)) === JSON.stringify(row);
    });
    return isSent && isTrueCandle(this.venue.market, row, this.width);
  }

  /** Closed candles that were sent: each of all trades of its time, which ends a millisecond before the next begins. */
  isClosedRight({ k }: Event): boolean {
    const { t, T, o, h, l, c, v, x } = (k ?? {}) as Event;
    if (x !== true) return true;
    return (
      Number(T) === Number(t) + this.width - 1 &&
      isTrueCandle(this.venue.market, [t, o, h, l, c, v].map(Number), this.width, true)
    );
  }

  wasSeen({ timestamp, last, open, high, low, baseVolume, quoteVolume }: Ticker): boolean {
    return isTrueDay(this.venue.market, timestamp, [last, open, high, low, baseVolume, quoteVolume]);
  }

  private judge(kind: string, isRight: boolean): void {
    if (!isRight) this.wrong.push(`${kind} ${String(this.counts[kind])}`);
  }
}

/** Until the client was told of so many more of a kind. */
async function more(client: Client, kind: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await client.until((line) => line.kind === kind);
}

describe.each([
  ['spot', 'spot', 'BTC/USDT', 1_000],
  ['usdm', 'future', 'BTC/USDT:USDT', 60_000],
] as const)('ccxt on a simulated Binance, %s,', (market, type, symbol, width) => {
  itWith(
    'ccxt',
    'has its true books, trades, candles and tickers, after losses too, and leaves them',
    async () => {
      const venue = simulatedBinance({
        market,
        activity: 10,
        instruments: ['BTCUSDT', 'ETHUSDT'],
      });
      const sent: Event[] = [];
      const witness = new Witness(venue, sent, width);
      const standStill = venue.market.run();
      const served = await serve(overheard(venue, sent));
      const client = clientOf('ccxt.mjs', [type, served.httpUrl, served.url, symbol], witness.hear);
      try {
        const { value: known } = await client.until(({ kind }) => kind === 'market');
        expect(known).toMatchObject({
          base: 'BTC',
          quote: 'USDT',
          precision: { price: 0.01, amount: 0.00001 },
          ...(market === 'usdm' ? { settle: 'USDT' } : {}),
        });
        const fetched = (await client.until(({ kind }) => kind === 'fetched')).value as Fetched;
        expect(witness.isTrue(fetched.book)).toBe(true);
        expect(fetched.trades.map(({ id }) => id)).not.toEqual([]);
        expect(fetched.trades.filter((trade) => !witness.hasTraded(trade) && !witness.hasTradedAtOnce(trade))).toEqual(
          [],
        );
        expect(fetched.ohlcv).not.toEqual([]);
        expect(fetched.ohlcv.filter((row) => !isTrueCandle(venue.market, row, 60_000))).toEqual([]);
        expect(witness.wasSeen(fetched.ticker)).toBe(true);
        expect(fetched.tickers).toHaveLength(2);

        await more(client, 'book', 5);
        venue.faults.inject('drop', { target: '@depth' });
        await client.until(({ kind, value }) => kind === 'error' && (value as { kind: string }).kind === 'book');
        await more(client, 'book', 5);
        venue.faults.inject('terminate');
        await client.until(({ kind, value }) => kind === 'error' && (value as { kind: string }).kind === 'trades');
        await more(client, 'book', 5);
        for (const kind of ['trades', 'ticker', 'ohlcv']) await more(client, kind, 2);

        expect(witness.wrong).toEqual([]);
        expect(sent.filter((event) => !witness.isClosedRight(event))).toEqual([]);
        expect([...new Set(witness.errors.map(({ name }) => name))].sort()).toEqual(['ChecksumError', 'NetworkError']);
        for (const kind of ['book', 'trades', 'ticker', 'ohlcv']) {
          client.say(kind);
          await client.until((line) => line.kind === 'left' && line.value === kind);
        }
        // Of its own it asks for a stream named by a number.
        const open = venue.stats().connections.filter((one) => one.open);
        expect(open.flatMap(({ subscriptions }) => subscriptions.filter((name) => name.includes('@')))).toEqual([]);
        expect(venue.stats().violations).toEqual([]);
      } finally {
        await client.end();
        standStill();
        await served.close();
        venue.close();
      }
    },
    60_000,
  );
});
