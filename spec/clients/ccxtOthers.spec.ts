import { serve } from '../../lib/node/serve.js';
import { simulatedCoinbase, simulatedKraken, simulatedOkx, type SimulatedVenue } from '../../lib/simulation/index.js';
import { type Line, clientOf } from './client.js';
import { itWith } from './installed.js';
import { isTrueCandle } from './ticks.js';

type Row = readonly number[];
interface Book {
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
interface Fetched {
  readonly book: Book;
  readonly trades: readonly Trade[];
  readonly ohlcv: readonly Row[];
  readonly ticker: { readonly last: number };
  readonly tickers: readonly string[];
}

const instruments = ['BTCUSDT', 'ETHUSDT'];
const SYMBOL = 'BTCUSDT';
/** Levels of a stream that tells the best ones; of the others all. */
const KRAKEN_DEPTH = 10;

const venues: readonly [name: string, open: () => SimulatedVenue, depth: number, taker: 'told' | 'turned'][] = [
  ['okx', () => simulatedOkx({ instruments, activity: 10, checksums: 'true' }), Infinity, 'told'],
  ['kraken', () => simulatedKraken({ instruments, activity: 10 }), KRAKEN_DEPTH, 'told'],
  // It tells the maker's side, and ccxt hands it on.
  ['coinbase', () => simulatedCoinbase({ instruments, activity: 10 }), Infinity, 'turned'],
];

/** What the client was told, held against the venue as it stood after each step. */
class Witness {
  readonly counts: Record<string, number> = {};
  readonly wrong: string[] = [];
  readonly #books = new Set<string>();

  constructor(
    private readonly venue: SimulatedVenue,
    private readonly depth: number,
    private readonly taker: 'told' | 'turned',
  ) {
    this.#remember();
    venue.market.onStep(() => {
      this.#remember();
    });
  }

  readonly hear = ({ kind, value }: Line): void => {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    const isRight =
      kind === 'book' ? this.isTrue(value as Book) : kind !== 'trades' || this.haveTraded(value as Trade[]);
    if (!isRight) this.wrong.push(`${kind} ${String(this.counts[kind])}: ${JSON.stringify(value)}`);
  };

  /** What else stands in a row (a time, a count) is no part of the book. */
  isTrue({ bids, asks }: Book): boolean {
    const sides = [bids, asks].map((side) => side.slice(0, this.depth).map((row) => row.slice(0, 2)));
    return this.#books.has(JSON.stringify(sides));
  }

  haveTraded(trades: readonly Trade[]): boolean {
    return trades.every(({ id, price, amount, side, timestamp }) => {
      const trade = this.venue.market.instrument(SYMBOL)?.tape.tradesAfter(Number(id) - 1)[0];
      const isTaker = side === trade?.side;
      return (
        JSON.stringify([id, price, amount, timestamp]) ===
          JSON.stringify([String(trade?.id), Number(trade?.price), Number(trade?.size), trade?.at]) &&
        isTaker === (this.taker === 'told')
      );
    });
  }

  #remember(): void {
    const { bids = [], asks = [] } = this.venue.market.trueBook(SYMBOL) ?? {};
    const sides = [bids, asks].map((side) => side.slice(0, this.depth).map((level) => level.map(Number)));
    this.#books.add(JSON.stringify(sides));
  }
}

describe.each(venues)('ccxt on a simulated venue, %s,', (name, open, depth, taker) => {
  itWith(
    'ccxt',
    'has its true books, trades and tickers, after a loss too',
    async () => {
      const venue = open();
      const witness = new Witness(venue, depth, taker);
      const standStill = venue.market.run();
      const served = await serve(venue);
      const client = clientOf('ccxtOthers.mjs', [name, served.httpUrl, served.url, 'BTC/USDT'], witness.hear);
      const more = async (kind: string, count: number): Promise<void> => {
        for (let i = 0; i < count; i += 1) await client.until((line) => line.kind === kind);
      };
      try {
        expect((await client.until(({ kind }) => kind === 'market')).value).toEqual({
          base: 'BTC',
          quote: 'USDT',
          precision: expect.objectContaining({ price: 0.01, amount: 0.00001 }) as unknown,
        });
        const fetched = (await client.until(({ kind }) => kind === 'fetched')).value as Fetched;
        expect(witness.isTrue(fetched.book)).toBe(true);
        expect(fetched.trades).not.toEqual([]);
        expect(witness.haveTraded(fetched.trades)).toBe(true);
        expect(fetched.ohlcv).not.toEqual([]);
        expect(fetched.ohlcv.filter((row) => !isTrueCandle(venue.market, row, 60_000))).toEqual([]);
        expect(fetched.ticker.last).toBeGreaterThan(0);
        expect(fetched.tickers).toEqual(['BTC/USDT', 'ETH/USDT']);

        await more('book', 5);
        venue.faults.inject('terminate');
        await client.until(({ kind, value }) => kind === 'error' && (value as { kind: string }).kind === 'trades');
        for (const kind of ['book', 'trades', 'ticker']) await more(kind, 3);

        expect(witness.wrong).toEqual([]);
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
