import fc from 'fast-check';
import { stage, subscribe, type RawClient } from '../rawClient.js';

// A client of its own, written from the venue's rules (sections 3.1 and 3.2 of its protocol) with nothing but maps and
// exact texts: it proves the server, and shares nothing with the library's own books.

type Levels = readonly (readonly [string, string])[];
interface Diff {
  readonly U: number;
  readonly u: number;
  readonly pu?: number;
  readonly b: Levels;
  readonly a: Levels;
}
interface Folded {
  readonly id: number;
  readonly bids: ReadonlyMap<string, string>;
  readonly asks: ReadonlyMap<string, string>;
}

const diffsOf = (client: RawClient, symbol: string): Diff[] =>
  client
    .texts()
    .map((text) => JSON.parse(text) as { data?: Diff & { s: string; e: string } })
    .flatMap(({ data }) => (data?.e === 'depthUpdate' && data.s === symbol ? [data] : []));

function apply(side: Map<string, string>, levels: Levels): void {
  for (const [price, size] of levels) {
    if (/^0(\.0*)?$/.test(size)) side.delete(price);
    else side.set(price, size);
  }
}

/** Joins and folds; gives the book after each applied diff. Throws where the venue's rules call it a gap. */
function fold(market: 'spot' | 'usdm', snapshotText: string, diffs: readonly Diff[]): Folded[] {
  const snapshot = JSON.parse(snapshotText) as { lastUpdateId: number; bids: Levels; asks: Levels };
  const bids = new Map(snapshot.bids);
  const asks = new Map(snapshot.asks);
  const last = snapshot.lastUpdateId;
  let id = last;
  const books: Folded[] = [{ id, bids: new Map(bids), asks: new Map(asks) }];
  let joined = false;
  for (const diff of diffs) {
    if (market === 'spot' ? diff.u <= last : diff.u < last) continue;
    const previous = diff.pu ?? 0;
    const fits =
      market === 'spot'
        ? joined
          ? diff.U === id + 1
          : diff.U <= last + 1 && last + 1 <= diff.u
        : joined
          ? previous === id
          : previous <= last && last <= diff.u;
    if (!fits) throw new Error(`gap: ${JSON.stringify({ ...diff, b: [], a: [], id, last })}`);
    joined = true;
    apply(bids, diff.b);
    apply(asks, diff.a);
    id = diff.u;
    books.push({ id, bids: new Map(bids), asks: new Map(asks) });
  }
  return books;
}

const same = (levels: Levels, side: ReadonlyMap<string, string>): boolean =>
  levels.length === side.size && levels.every(([price, size]) => side.get(price) === size);

describe.each(['spot', 'usdm'] as const)('a book folded by the rules of %s', (market) => {
  const path = market === 'spot' ? '/stream' : '/public/stream';
  const rest = market === 'spot' ? '/api/v3/depth?symbol=' : '/fapi/v1/depth?limit=1000&symbol=';
  const speeds = market === 'spot' ? ['', '@100ms'] : ['', '@100ms', '@500ms', '@0ms'];

  it('equals the true book at every sequence, wherever the snapshot falls', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(...speeds),
        fc.integer({ min: 300, max: 2_500 }),
        fc.constantFrom('BTCUSDT', 'FINEUSDT'),
        (seed, speed, asked, symbol) => {
          const { open, get, until, venue } = stage({ market, seed, instruments: ['BTCUSDT', 'FINEUSDT'], depth: 20 });
          const client = open(path, subscribe(`btcusdt@depth${speed}`, `fineusdt@depth${speed}`));
          until(asked);
          const answers = get(`${rest}${symbol}`);
          until(8_000);

          const books = fold(market, answers[0]?.response.body ?? '', diffsOf(client, symbol));

          expect(books.length).toBeGreaterThan(3);
          for (const { id, bids, asks } of books) {
            const truth = venue.market.trueBook(symbol, id);
            if (truth?.sequence !== id || !same(truth.bids, bids) || !same(truth.asks, asks)) {
              throw new Error(`the book at ${id} is not the venue's`);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('agrees with the book ticker wherever both tell the same sequence', () => {
    const { open, get, until } = stage({ market, seed: 5 });
    const client = open(path, subscribe('btcusdt@depth@100ms', 'btcusdt@bookTicker'));
    until(500);
    const answers = get(`${rest}BTCUSDT`);
    until(20_000);
    const books = new Map(
      fold(market, answers[0]?.response.body ?? '', diffsOf(client, 'BTCUSDT')).map((book) => [book.id, book]),
    );
    let compared = 0;
    for (const text of client.texts()) {
      const { stream, data } = JSON.parse(text) as { stream?: string; data?: Record<string, string | number> };
      const book = stream === 'btcusdt@bookTicker' ? books.get(Number(data?.['u'])) : undefined;
      if (book === undefined || data === undefined) continue;
      const best = (side: ReadonlyMap<string, string>, sign: number): string =>
        [...side.keys()].reduce((left, right) => (sign * Number(left) > sign * Number(right) ? left : right));
      const [bid, ask] = [best(book.bids, 1), best(book.asks, -1)];
      expect([data['b'], data['B'], data['a'], data['A']]).toEqual([bid, book.bids.get(bid), ask, book.asks.get(ask)]);
      compared += 1;
    }

    expect(compared).toBeGreaterThan(10);
  });
});

it('USD-M counts over all symbols, so that a diff seldom begins right after the one before', () => {
  const { open, until } = stage({ market: 'usdm' });
  const client = open('/public/stream', subscribe('btcusdt@depth@100ms', 'ethusdt@depth@100ms'));
  until(10_000);
  const diffs = diffsOf(client, 'BTCUSDT');
  const adjoining = diffs.slice(1).filter((diff, index) => diff.U === (diffs[index]?.u ?? 0) + 1);

  expect(diffs.length).toBeGreaterThan(50);
  expect(adjoining.length).toBeLessThan(diffs.length / 2);
});

it('a snapshot may fall within the range of a diff, and at its end', () => {
  const within = new Set<string>();
  for (let seed = 1; seed < 20; seed += 1) {
    const { open, get, until } = stage({ seed });
    const client = open('/stream', subscribe('btcusdt@depth@100ms'));
    until(600);
    const answers = get('/api/v3/depth?symbol=BTCUSDT');
    until(2_000);
    const { lastUpdateId: last } = JSON.parse(answers[0]?.response.body ?? '{}') as { lastUpdateId: number };
    for (const { U, u } of diffsOf(client, 'BTCUSDT')) {
      if (U <= last && last < u) within.add('within');
      if (u === last) within.add('end');
    }
  }

  expect([...within].sort()).toEqual(['end', 'within']);
});
