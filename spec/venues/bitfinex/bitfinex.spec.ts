import { type BookByOrder, type BookState, InvalidArgumentError } from '../../../lib/index.js';
import { bitfinex, type BitfinexBookOptions, type BitfinexOptions } from '../../../lib/venues/bitfinex/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: BitfinexOptions = {}) => venueRig((outside) => bitfinex({ ...outside, ...options }));

const CHANNEL = { channel: 'book', symbol: 'tBTCUSD', prec: 'P0', freq: 'F0', len: '100' };
const subscribed = (chanId: number, subId?: string): object => ({ event: 'subscribed', ...CHANNEL, chanId, subId });
const events = (texts: readonly string[]): readonly unknown[] =>
  texts.map((text) => (JSON.parse(text) as { readonly event: string }).event);

/** A book that is followed, and what it said last. */
function followed(options?: BitfinexBookOptions) {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book('tBTCUSD', options).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, last: () => states.at(-1) };
}

describe('a book of Bitfinex', () => {
  it('begins whole, changes level by level, and is held to its checksums', () => {
    const { wire, last, faults, exchange } = followed();

    wire().receive(
      subscribed(7),
      [
        7,
        [
          [100, 1, 1],
          [101, 2, -3],
        ],
        1,
      ],
      [7, [100, 2, 2], 2],
      [7, [99, 1, 1], 3],
      [7, 'hb', 4],
    );
    wire().receive([7, [99, 0, 1], 5], [7, [101, 0, -1], 6], [7, [102, 1, -4], 7], [7, 'cs', -664_599_608, 8]);

    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { size: 2 }, bestAsk: { price: 102, size: 4 } } });
    expect(last()).toMatchObject({ book: { bids: { length: 1 }, asks: { length: 1 } } });
    expect(faults).toEqual([]);
    // A checksum is no change of the book.
    expect(exchange.tally('tBTCUSD')).toMatchObject({ diffs: 5, applied: 5, checksumsHeld: 1 });
  });

  it('is stale in the step that shows a wrong checksum, and begins anew on another channel', () => {
    const { wire, last, pass } = followed();
    wire().receive(subscribed(7), [7, [[100, 1, 1]], 1]);

    wire().receive([7, 'cs', 5, 2]);
    expect(last()).toMatchObject({ status: 'stale', reason: 'checksum' });
    pass(1_000);
    expect(
      wire()
        .sent.slice(2)
        .map((text) => JSON.parse(text) as unknown),
    ).toMatchObject([
      { event: 'unsubscribe', chanId: 7 },
      { event: 'subscribe', ...CHANNEL },
    ]);
    wire().receive([7, [1, 1, 1], 3], { event: 'unsubscribed', status: 'OK', chanId: 7 });
    wire().receive(subscribed(8), [8, [[90, 1, 1]], 4]);

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 1 }, bestBid: { price: 90 } } });
  });

  it('and all else is stale where a number is missing on the wire, whosever it was', () => {
    const { wire, last, exchange, pass, faults } = followed();
    exchange.trades('tETHUSD').subscribe();
    pass(10);
    wire().receive(subscribed(7), [7, [[100, 1, 1]], 1], [9, 'hb', 2], [9, 'te', [1, 1, 1, 1], 3, 1_564_617_600_784]);

    wire().receive([9, 'hb', 5]);
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);

    expect(faults).toContainEqual(expect.objectContaining({ type: 'venue', message: 'bitfinex: list 5 follows 3' }));
    expect(events(wire().sent).filter((event) => event === 'subscribe')).toHaveLength(4);
  });

  it('is broken by a change that can’t be read: its number was counted', () => {
    const { wire, last } = followed();
    wire().receive(subscribed(7), [7, [[100, 1, 1]], 1]);

    wire().receive([7, [100, 'x', 1], 2]);

    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
  });

  it('passes over what stands behind a level', () => {
    const { wire, last, faults } = followed();
    wire().receive(subscribed(7), [7, [[100, 1, 1, null]], 1], [7, [99, 1, 2, null, 5], 2]);

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
    expect(faults).toEqual([]);
  });

  it('may be empty', () => {
    const { wire, last } = followed();
    wire().receive(subscribed(7), [7, [], 1]);

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 0 } } });
  });

  it('is lost where the venue begins to count anew, and whose channels are whose is learned anew', () => {
    const { wire, last, pass } = followed();
    wire().receive(subscribed(7), [7, [[100, 1, 1]], 1]);

    wire().receive({ event: 'info', version: 2, platform: { status: 1 } }, [7, [99, 1, 1], 1]);
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap', book: { bids: { length: 1 } } });
    pass(1_000);

    expect(events(wire().sent).slice(2)).toEqual(['subscribe']);
  });

  it('begins anew where the venue ends it unasked', () => {
    const { wire, last, pass } = followed();
    wire().receive(subscribed(7), [7, [[100, 1, 1]], 1]);

    wire().receive({ event: 'unsubscribed', status: 'OK', chanId: 7 });
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);

    expect(events(wire().sent).slice(2)).toEqual(['subscribe']);
  });

  it('is ended as soon as its number is known, where nobody wants it any more', () => {
    const { exchange, wire, pass } = rig({ linger: 0 });
    exchange.trades('tETHUSD').subscribe();
    const left = exchange.book('tBTCUSD').subscribe();
    pass(10);
    left.unsubscribe();
    pass(10);
    expect(events(wire().sent)).toEqual(['conf', 'subscribe', 'subscribe']);

    const { subId } = JSON.parse(wire().sent[2] ?? '') as { readonly subId: string };
    wire().receive(subscribed(7, subId));
    pass(10);

    expect(
      wire()
        .sent.slice(3)
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual([{ event: 'unsubscribe', chanId: 7 }]);
  });
});

describe('a channel of Bitfinex whose number is not known', () => {
  const refusedTwice = { event: 'error', ...CHANNEL, code: 10_301, msg: 'subscribe: dup' };
  const wholeOf = (chanId: number, number: number): unknown => [chanId, [[100, 1, 1]], number];

  it('is begun on a new connection, where the venue has it and its answer was lost', () => {
    const { wire, last, pass, network, connection } = followed();
    wire().receive([7, [[100, 1, 1]], 1]);
    pass(11_000);
    const { subId } = JSON.parse(wire().sent.at(-1) ?? '') as { readonly subId: string };

    wire().receive({ ...refusedTwice, subId });
    pass(1_000);

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'failed' }));
    expect(network.wires).toHaveLength(2);
    wire(1).receive(subscribed(9), wholeOf(9, 1));
    expect(last()).toMatchObject({ status: 'live' });
  });

  it('is asked for again on the same connection where it is being ended there, but not twice', () => {
    const { wire, pass, connection } = followed();
    wire().receive(subscribed(7), wholeOf(7, 1), [7, 'cs', 5, 2]);
    pass(1_000);
    expect(events(wire().sent).slice(2)).toEqual(['unsubscribe', 'subscribe']);
    wire().receive(refusedTwice, { event: 'unsubscribed', status: 'OK', chanId: 7 });
    pass(10_000);
    expect(events(wire().sent).slice(4)).toContain('subscribe');

    expect(connection.at(-1)).toMatchObject({ status: 'ready' });
    wire().receive(refusedTwice);
    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'failed' }));
  });

  it('is not begun by the same answer again, once it was ended', () => {
    const { exchange, wire, pass } = rig({ linger: 0 });
    exchange.trades('tETHUSD').subscribe();
    const left = exchange.book('tBTCUSD').subscribe();
    pass(10);
    const { subId } = JSON.parse(wire().sent[2] ?? '') as { readonly subId: string };
    left.unsubscribe();
    pass(10);
    exchange.book('tBTCUSD').subscribe();
    pass(10);
    const before = wire().sent.length;

    wire().receive(subscribed(7, subId), refusedTwice, { event: 'unsubscribed', status: 'OK', chanId: 7 });
    wire().receive(subscribed(7, subId));
    pass(10_000);

    const asked = wire().sent.slice(before);
    expect(asked.filter((text) => text.includes('"subscribe"') && text.includes('tBTCUSD'))).toHaveLength(1);
  });

  it('has what is told of it ahead of the answer', () => {
    const { wire, last, faults } = followed();
    wire().receive(wholeOf(7, 1), [7, [99, 1, 2], 2], [7, 'hb', 3]);
    expect(last()).toMatchObject({ status: 'syncing' });

    wire().receive(subscribed(7));

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
    expect(faults).toEqual([]);
  });

  it('begins anew where more was told ahead of the answer than is kept', () => {
    const { wire, last, pass } = followed();
    const changes = Array.from({ length: 1_100 }, (_, i) => [7, [99, 1, i + 1], i + 2]);
    wire().receive(wholeOf(7, 1), ...changes, subscribed(7));
    pass(1_000);

    expect(last()).not.toMatchObject({ status: 'live' });
    expect(events(wire().sent).slice(2)).toEqual(['unsubscribe', 'subscribe']);
  });

  it('has what is told ahead of the answer where an earlier request was refused meanwhile', () => {
    const { wire, last, pass } = followed();
    const { subId } = JSON.parse(wire().sent.at(-1) ?? '') as { readonly subId: string };
    pass(10_000);
    const again = JSON.parse(wire().sent.at(-1) ?? '') as { readonly subId: string };
    expect(again.subId).not.toBe(subId);

    wire().receive(wholeOf(7, 1), { event: 'error', ...CHANNEL, code: 10_300, msg: 'failed', subId });
    wire().receive([7, [99, 1, 2], 2], subscribed(7, again.subId));

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });
  });

  it('begins anew where some of what was told ahead of its answer was passed over', () => {
    const { wire, last, pass } = followed();
    const { subId } = JSON.parse(wire().sent.at(-1) ?? '') as { readonly subId: string };

    wire().receive(wholeOf(7, 1), subscribed(9, subId), [7, [99, 1, 2], 2], wholeOf(9, 3));
    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 1 } } });
    wire().receive(subscribed(7, 'another'));
    pass(1_000);

    expect(last()).toMatchObject({ status: 'stale' });
  });

  it('begins anew where a list that can’t be read came ahead of its answer: it may be its own', () => {
    const { wire, last, pass } = followed();
    const subId = (): string => (JSON.parse(wire().sent.at(-1) ?? '') as { readonly subId: string }).subId;
    wire().receive(subscribed(7, subId()), ['7', [[99, 1, 2]], 1]);
    pass(1_000);

    const ended = { event: 'unsubscribed', status: 'OK', chanId: 7 };
    wire().receive(ended, wholeOf(8, 2), ['8', [99, 1, 2], 3], [8, [98, 1, 2], 4], subscribed(8, subId()));
    pass(100);
    expect(last()).toMatchObject({ status: 'syncing' });
  });

  it('is told of once where nothing is asked for; one that was ended is not', () => {
    const { wire, pass, faults } = followed();
    wire().receive(subscribed(7), wholeOf(7, 1), [7, 'cs', 5, 2]);
    pass(1_000);
    wire().receive({ event: 'unsubscribed', status: 'OK', chanId: 7 }, subscribed(8), wholeOf(8, 3));

    wire().receive([7, [99, 1, 1], 4], [5, [99, 1, 1], 5], [5, [99, 1, 1], 6], [5, 'hb', 7]);

    expect(faults.flatMap((fault) => (fault.type === 'venue' ? [fault.message] : []))).toEqual([
      'bitfinex: lists of channel 5, which nobody asked for',
    ]);
  });
});

describe('a book of Bitfinex by order', () => {
  const BY_ORDER = { ...CHANNEL, prec: 'R0' };
  function ordered() {
    const one = rig();
    const states: BookState<BookByOrder>[] = [];
    one.exchange.bookByOrder('tBTCUSD').subscribe((state) => states.push(state));
    one.pass(10);
    one.wire().receive({ event: 'subscribed', ...BY_ORDER, chanId: 7 });
    return { ...one, last: () => states.at(-1) };
  }

  it('tells the orders behind each level, and is held to the checksum of orders', () => {
    const { wire, last, faults } = ordered();

    wire().receive(
      [
        7,
        [
          [11, 100, 1],
          [7, 100, 2, null],
          [5, 101, -3],
        ],
        1,
      ],
      [7, 'cs', 708_844_236, 2],
    );

    const book = { bestBid: { size: 3, orders: [{ id: '7', size: 2 }, { id: '11' }] }, orders: { size: 3 } };
    expect(last()).toMatchObject({ status: 'live', book });
    expect(faults).toEqual([]);
    wire().receive([7, 'cs', 1, 3]);
    expect(last()).toMatchObject({ status: 'stale', reason: 'checksum' });
  });

  it('follows each order: filled in part, moved, gone', () => {
    const { wire, last } = ordered();
    wire().receive([
      7,
      [
        [11, 100, 1],
        [7, 100, 2],
        [5, 102, -3],
      ],
      1,
    ]);

    wire().receive([7, [7, 100, 0.5], 2], [7, [5, 101, -3], 3], [7, [11, 0, 1], 4], [7, [99, 0, -1], 5]);

    expect(last()).toMatchObject({
      status: 'live',
      book: { bestBid: { size: 0.5, orders: [{ id: '7' }] }, bestAsk: { price: 101 }, asks: { length: 1 } },
    });
  });

  it('is broken by an order that can’t be read', () => {
    const { wire, last, faults } = ordered();
    wire().receive([7, [[11, 100, 1]], 1]);

    wire().receive([7, [11, null, 1], 2]);

    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(faults).toContainEqual(
      expect.objectContaining({ type: 'decode', path: 'bitfinex.orderUpdate/data: bitfinex.order/price: JsonNumber' }),
    );
  });
});

describe('bitfinex()', () => {
  it('asks for numbers and checksums before anything else', () => {
    const { exchange, wire, network, pass } = rig();
    expect(network.wires).toEqual([]);
    exchange.ticker('tBTCUSD').subscribe();
    pass(10);

    expect(wire().endpoint.url).toBe('wss://api-pub.bitfinex.com/ws/2');
    expect(wire().sent[0]).toBe('{"event":"conf","flags":196608}');
  });

  it('does not go on without numbers: what asked for them was never heard', () => {
    const { last, wire, network, connection, faults, pass } = followed();
    wire().receive(subscribed(7));

    wire().receive([7, [[100, 1, 1]]]);
    expect(last()).toEqual({ status: 'syncing' });
    pass(1_000);

    expect(connection).toContainEqual(
      expect.objectContaining({ status: 'lost', reason: 'handshake', text: 'lists without numbers' }),
    );
    expect(network.wires).toHaveLength(2);
    expect(events(wire().sent)).toEqual(['conf', 'subscribe']);
    expect(faults).toEqual([]);
  });

  it('tells trades once, and those from before by themselves, the oldest first', () => {
    const { exchange, wire, pass } = rig();
    const [live, past]: [unknown[], unknown[]] = [[], []];
    exchange.trades('tBTCUSD').subscribe(({ id, side, exact }) => live.push([id, side, exact.size]));
    exchange.recentTrades('tBTCUSD').subscribe(({ id }) => past.push(id));
    pass(10);

    wire().receive({ event: 'subscribed', channel: 'trades', symbol: 'tBTCUSD', chanId: 7 });
    wire().receive(
      [
        7,
        [
          [2, 5, 1, 1],
          [1, 4, 1, 1],
        ],
        1,
      ],
      [7, 'te', [3, 6, -0.5, 10], 2],
      [7, 'tu', [3, 6, -0.5, 10], 3],
    );

    expect([past, live]).toEqual([['1', '2'], [['3', 'sell', '0.5']]]);
    expect(events(wire().sent)).toEqual(['conf', 'subscribe']);
  });

  it('tells a day and the best prices by one channel', () => {
    const { exchange, wire, pass } = rig();
    const told: unknown[] = [];
    exchange.ticker('tX').subscribe(({ open, volume }) => told.push({ open, volume }));
    exchange.quotes('tX').subscribe(({ bid, ask }) => told.push({ bid: bid?.price, ask: ask?.size }));
    pass(10);

    wire().receive({ event: 'subscribed', channel: 'ticker', symbol: 'tX', chanId: 7 });
    wire().receive([7, [71_741, 0.25, 71_760, 1.5, 647, 0.009, 71_754, 900.8, 73_120, 70_434, null], 1, 17, 'ticker']);

    expect(told).toEqual([
      { open: 71_107, volume: 900.8 },
      { bid: 71_741, ask: 1.5 },
    ]);
  });

  it('begins candles with the last ones, closed', () => {
    const { exchange, wire, pass } = rig();
    const told: unknown[] = [];
    exchange.candles('tX', '1m').subscribe(({ openTime, close, closed }) => told.push([openTime, close, closed]));
    pass(10);

    wire().receive({ event: 'subscribed', channel: 'candles', key: 'trade:1m:tX', chanId: 7 });
    wire().receive(
      [
        7,
        [
          [120_000, 1, 3, 4, 1, 1],
          [60_000, 1, 2, 4, 1, 1],
        ],
        1,
      ],
      [7, [180_000, 1, 5, 5, 1, 1], 2],
    );

    expect(told).toEqual([
      [60_000, 2, true],
      [120_000, 3, false],
      [120_000, 3, true],
      [180_000, 5, false],
    ]);
  });

  it.each([
    ['a restart', '{"event":"info","code":20051,"msg":"Stopping."}'],
    ['a pause', '{"event":"info","code":20060}'],
    ['a pause whose code is a text', '{"event":"info","code":"20060"}'],
  ])('leaves a wire for %s', (_, frame) => {
    const { exchange, wire, pass, connection } = rig();
    exchange.trades('tX').subscribe();
    pass(10);

    wire().receive(frame);

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'shutdown' }));
  });

  it.each(['{}', '17', 'null', '"x"', '', '{"event":"x"}'])('says of %s that it can’t be read', (frame) => {
    const { exchange, wire, pass, faults } = rig();
    exchange.trades('tX').subscribe();
    pass(10);

    wire().receive(frame);

    expect(faults).toMatchObject([{ type: 'decode' }]);
  });

  it.each([
    () => bitfinex({ url: 'https://x' }),
    () => bitfinex({ channelsPerWire: 26 }),
    () => bitfinex().book('BTCUSD'),
    () => bitfinex().book('fUSD'),
    () => bitfinex().book('tBTCUSD', { depth: 50 as 25 }),
    () => bitfinex().book('tBTCUSD', { precision: 'R0' as 'P0' }),
    () => bitfinex().book('tBTCUSD', { frequency: 'F2' as 'F0' }),
    () => bitfinex().candles('tBTCUSD', '1min' as '1m'),
    () => bitfinex({ market: 'spot' } as BitfinexOptions),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
