import { type BookByOrder, type BookState, InvalidArgumentError } from '../../../lib/index.js';
import { bitstamp, type BitstampOptions, type BitstampOrderEvent } from '../../../lib/venues/bitstamp/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: BitstampOptions = {}) => venueRig((outside) => bitstamp({ ...outside, ...options }));
const diff = (micros: string, bids: readonly (readonly [string, string])[]): object => ({
  data: { timestamp: '1', microtimestamp: micros, bids, asks: [] },
  channel: 'diff_order_book_btcusd',
  event: 'data',
});
const channels = (texts: readonly string[]): readonly unknown[] =>
  texts
    .map((text) => (JSON.parse(text) as { readonly data?: { readonly channel: string } }).data?.channel)
    .filter((channel) => channel !== undefined);

describe('a book of Bitstamp', () => {
  it('joins a snapshot by the microsecond', () => {
    const { exchange, wire, network, pass, faults } = rig();
    const states: BookState[] = [];
    exchange.book('BTCUSD').subscribe((state) => states.push(state));
    pass(10);
    wire().receive(diff('1641343691244908', [['100', '9']]), diff('1641343691244909', [['101', '2']]));
    pass(3_000);

    network.requests[0]?.respond({
      timestamp: '1',
      microtimestamp: '1641343691244908',
      bids: [['100', '1']],
      asks: [],
    });
    wire().receive(diff('1641343694244910', [['101', '0.00000']]));

    expect(network.requests.map(({ request }) => request.url)).toEqual([
      'https://www.bitstamp.net/api/v2/order_book/btcusd/?group=1',
    ]);
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { bids: { length: 1 }, bestBid: { size: 1 } } });
    expect(faults).toEqual([]);
  });

  // Nothing numbers the changes: that the later one was folded without it shows by the times alone.
  it('is stale by a change that comes behind a later one, and live by the next snapshot', () => {
    const { exchange, wire, network, pass } = rig();
    const states: BookState[] = [];
    exchange.book('btcusd').subscribe((state) => states.push(state));
    pass(10);
    const snapshot = (microtimestamp: string, bids: readonly (readonly [string, string])[]) => {
      wire().receive(diff(microtimestamp, []));
      pass(3_100);
      network.requests.at(-1)?.respond({ timestamp: '1', microtimestamp, bids, asks: [] });
    };
    snapshot('1641343691000000', [['100', '1']]);
    wire().receive(diff('1641343691000002', [['99', '2']]));
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { bids: { length: 2 } } });

    wire().receive(diff('1641343691000001', [['100', '0']]));

    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'gap' });
    snapshot('1641343694000000', [['99', '2']]);
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { bids: { length: 1 } } });
  });

  it('is left where the venue asks to reconnect', () => {
    const { exchange, wire, pass, connection } = rig();
    exchange.book('btcusd', { depth: 100 }).subscribe();
    pass(10);

    wire().receive('{"event":"bts:request_reconnect","channel":"","data":""}');

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'shutdown' }));
  });
});

describe('a book of Bitstamp by order', () => {
  interface Told {
    readonly id?: string;
    readonly price?: string;
    readonly amount?: string;
    readonly side?: 0 | 1;
    readonly at?: number;
    readonly link?: readonly [previous: string, own: string];
  }
  const told = (event: string, { id = '1', price = '100', amount = '1', side = 0, at = 2, link }: Told): object => ({
    data: {
      id: Number(id),
      id_str: id,
      order_type: side,
      microtimestamp: `${at}`,
      amount_str: amount,
      price_str: price,
    },
    channel: 'live_orders_btcusd',
    event: `order_${event}`,
    ...(link && { pre_event_id: link[0], event_id: link[1] }),
  });
  const whole = (micros: string, ...bids: readonly (readonly string[])[]): object => ({
    timestamp: '1',
    microtimestamp: micros,
    bids,
    asks: [['102', '1', '77']],
  });
  function ordered(...before: readonly object[]) {
    const one = rig();
    const states: BookState<BookByOrder>[] = [];
    const events: BitstampOrderEvent[] = [];
    one.exchange.bookByOrder('btcusd').subscribe((state) => states.push(state));
    one.exchange.orders('btcusd').subscribe((event) => events.push(event));
    one.pass(10);
    one.wire().receive(...before);
    one.pass(3_000);
    return { ...one, events, last: () => states.at(-1) };
  }
  const shown = (state: BookState<BookByOrder> | undefined): readonly string[] =>
    state === undefined || state.status === 'syncing'
      ? []
      : [...state.book.bids, ...state.book.asks].map(
          ({ exact, orders }) => `${exact.price}×${exact.size} ${orders.map(({ id }) => id).join(',')}`,
        );

  it('joins a snapshot order by order, beside the plain events of the one channel', () => {
    const { wire, network, last, events, faults } = ordered(
      told('created', { id: '5', at: 1 }),
      told('changed', { id: '4', amount: '0.5', at: 3 }),
    );
    network.requests[0]?.respond(whole('2', ['100', '1', '5'], ['100.00', '2', '4']));

    wire().receive(told('created', { id: '9', price: '101', at: 3 }), told('deleted', { id: '5', at: 4 }));

    expect(network.requests.map(({ request }) => request.url)).toEqual([
      'https://www.bitstamp.net/api/v2/order_book/btcusd/?group=2',
    ]);
    expect(shown(last())).toEqual(['101×1 9', '100×0.5 4', '102×1 77']);
    expect(last()).toMatchObject({ status: 'live' });
    expect(events).toHaveLength(4);
    expect(wire().sent.filter((text) => text.includes('bts:subscribe'))).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('is stale in the step that shows a broken link, and live by the next snapshot', () => {
    const { wire, network, last, pass } = ordered(told('created', { id: '5', link: ['a', 'b'] }));
    network.requests[0]?.respond(whole('2', ['100', '1', '5']));
    wire().receive(told('created', { id: '6', at: 3, link: ['b', 'c'] }));
    expect(last()).toMatchObject({ status: 'live' });

    wire().receive(told('created', { id: '8', at: 4, link: ['d', 'e'] }));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(4_000);
    network.requests[1]?.respond(whole('4', ['100', '1', '7']));
    wire().receive(told('deleted', { id: '7', at: 5, link: ['e', 'f'] }));

    expect(last()).toMatchObject({ status: 'live' });
    expect(shown(last())).toEqual(['102×1 77']);
  });

  it('does not join what was lost while it waited for its snapshot', () => {
    const { wire, network, last, pass } = ordered(
      told('created', { id: '5', at: 1, link: ['a', 'b'] }),
      told('created', { id: '8', at: 4, link: ['x', 'y'] }),
    );

    network.requests[0]?.respond(whole('2', ['100', '1', '5']));
    expect(last()).toMatchObject({ status: 'syncing' });
    pass(8_000);
    network.requests[1]?.respond(whole('4', ['100', '1', '5'], ['100', '1', '7'], ['100', '1', '8']));
    wire().receive(told('deleted', { id: '5', at: 5, link: ['y', 'z'] }));

    expect(shown(last())).toEqual(['100×2 7,8', '102×1 77']);
  });

  it('is crossed while an order takes, and right', () => {
    const { wire, network, last, exchange } = ordered({
      event: 'bts:subscription_succeeded',
      channel: 'live_orders_btcusd',
      data: {},
    });
    network.requests[0]?.respond(whole('1', ['100', '1', '5']));

    wire().receive(told('created', { id: '6', price: '103', at: 2 }));
    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { price: 103 }, bestAsk: { price: 102 } } });
    wire().receive(told('deleted', { id: '77', price: '102', amount: '0', side: 1, at: 3 }));

    expect(shown(last())).toEqual(['103×1 6', '100×1 5']);
    expect(exchange.tally('btcusd')).toMatchObject({ crossed: 1, gaps: 0 });
  });

  it('tells the best 100 orders a side, each message the whole', () => {
    const { exchange, wire, pass } = rig();
    const states: BookState<BookByOrder>[] = [];
    exchange.bookByOrder('btcusd', { depth: 100 }).subscribe((state) => states.push(state));
    pass(10);
    const frame = (micros: string, ...bids: readonly (readonly string[])[]): object => ({
      data: whole(micros, ...bids),
      channel: 'detail_order_book_btcusd',
      event: 'data',
    });

    wire().receive(frame('1', ['100', '1', '5'], ['100', '2', '3']), frame('2', ['100', '1', '5'], ['99', '2', '6']));

    expect(shown(states.at(-1))).toEqual(['100×1 5', '99×2 6', '102×1 77']);
  });
});

describe('bitstamp()', () => {
  it('finds out which channel an error without a name is of', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    for (const pair of ['a', 'b', 'c']) {
      exchange.trades(pair).subscribe({ error: (error: unknown) => errors.push(error) });
    }
    pass(100);
    const error = '{"event":"bts:error","channel":"","data":{"code":null,"message":"Bad subscription string."}}';
    const confirm = (pair: string): string =>
      `{"event":"bts:subscription_succeeded","channel":"live_trades_${pair}","data":{}}`;

    wire().receive(confirm('a'), error, confirm('c'));
    expect(errors).toEqual([]);
    pass(11_000);
    expect(channels(wire().sent)).toEqual(['live_trades_a', 'live_trades_b', 'live_trades_c', 'live_trades_b']);
    wire().receive(error);

    expect(errors.map(String)).toEqual([expect.stringContaining('live_trades_b')]);
  });

  it.each(['', 'live_trades_a'])(
    'ends nothing that is wanted again where an end is refused under the name %p',
    (channel) => {
      const { exchange, wire, pass, faults } = rig();
      const errors: unknown[] = [];
      exchange.trades('b').subscribe({ error: (error: unknown) => errors.push(error) });
      const left = exchange.trades('a').subscribe();
      pass(100);
      const confirm = (pair: string): string =>
        `{"event":"bts:subscription_succeeded","channel":"live_trades_${pair}","data":{}}`;
      wire().receive(confirm('a'), confirm('b'));
      left.unsubscribe();
      pass(1_100);
      exchange.trades('a').subscribe({ error: (error: unknown) => errors.push(error) });
      pass(100);
      expect(channels(wire().sent).slice(2)).toEqual(['live_trades_a', 'live_trades_a']);

      wire().receive({ event: 'bts:error', channel, data: { code: 4004, message: 'Busy.' } }, confirm('a'));
      pass(15_000);

      expect(errors).toEqual([]);
      expect(faults).toMatchObject([{ type: 'venue', message: expect.stringContaining('4004 Busy.') as string }]);
    },
  );

  it('is asked for anew where a refusal that names it comes after its request was repeated and accepted', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    exchange.trades('a').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(100);
    const answer = (event: string): string =>
      `{"event":"bts:${event}","channel":"live_trades_a","data":{"code":4009,"message":"Busy."}}`;
    pass(10_000);
    expect(channels(wire().sent)).toEqual(['live_trades_a', 'live_trades_a']);

    wire().receive(answer('subscription_succeeded'), answer('error'));
    pass(100);
    expect(errors).toEqual([]);
    expect(
      wire()
        .sent.slice(-2)
        .map((text) => (JSON.parse(text) as { readonly event: string }).event),
    ).toEqual(['bts:unsubscribe', 'bts:subscribe']);

    // It was of the present one, then.
    wire().receive(answer('unsubscription_succeeded'), answer('error'));
    expect(errors).toHaveLength(1);
  });

  it.each(['its data came', 'another is asked for again'])(
    'is not refused by an error without a name where its answer is lost: %s',
    (what) => {
      const { exchange, wire, pass } = rig();
      const errors: unknown[] = [];
      exchange.trades('b').subscribe({ error: (error: unknown) => errors.push(`b ${String(error)}`) });
      const left = exchange.trades('a').subscribe();
      pass(100);
      const answer = (event: string): string => `{"event":"bts:${event}","channel":"live_trades_a","data":{}}`;
      left.unsubscribe();
      pass(1_100);
      exchange.trades('a').subscribe({ error: (error: unknown) => errors.push(`a ${String(error)}`) });
      pass(100);
      const trade = { id: 1, amount_str: '1', price_str: '1', type: 0, microtimestamp: '1000' };
      if (what === 'its data came') wire().receive({ event: 'trade', channel: 'live_trades_b', data: trade });
      wire().receive(answer('subscription_succeeded'), answer('unsubscription_succeeded'));

      wire().receive({ event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } });

      const isKnown = what === 'its data came';
      expect(errors).toEqual(isKnown ? [expect.stringMatching(/^a .*live_trades_a/)] : []);
    },
  );

  it('is subscribed anew where it is ended unasked, though the answer to an end before was lost', () => {
    const { exchange, wire, pass } = rig();
    exchange.trades('b').subscribe();
    const left = exchange.trades('a').subscribe();
    pass(100);
    const answer = (event: string): string => `{"event":"bts:${event}","channel":"live_trades_a","data":{}}`;
    wire().receive(answer('subscription_succeeded'));
    left.unsubscribe();
    pass(1_100);
    exchange.trades('a').subscribe();
    pass(100);
    wire().receive(answer('subscription_succeeded'));
    const before = wire().sent.length;
    wire().receive(answer('unsubscription_succeeded'));
    pass(100);

    expect(wire().sent.slice(before).join()).toContain('bts:subscribe');
  });

  it('is subscribed anew where it is ended unasked, long after an end before that was never answered', () => {
    const { exchange, wire, pass } = rig();
    const answer = (event: string): string => `{"event":"bts:${event}","channel":"live_trades_a","data":{}}`;
    const trade = { id: 1, amount_str: '1', price_str: '1', type: 0, microtimestamp: '1000' };
    exchange.trades('a').subscribe();
    pass(100);
    // It is ended, and requested once more, of which nothing is answered.
    wire().receive(answer('unsubscription_succeeded'));
    pass(10_100);
    wire().receive({ event: 'trade', channel: 'live_trades_a', data: trade });
    pass(10_000);
    const before = wire().sent.length;
    wire().receive(answer('unsubscription_succeeded'));
    pass(100);
    expect(channels(wire().sent.slice(before))).toContain('live_trades_a');
  });

  it('is not refused by an error without a name that may be the second answer to another one', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    exchange.trades('b').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10_100);
    exchange.trades('a').subscribe({ error: (error: unknown) => errors.push(error) });
    pass(100);
    const refused = { event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } };
    wire().receive('{"event":"bts:subscription_succeeded","channel":"live_trades_b","data":{}}', refused);
    pass(11_000);
    expect([errors, channels(wire().sent)]).toEqual([[], ['b', 'b', 'a', 'a'].map((pair) => `live_trades_${pair}`)]);

    wire().receive(refused);
    expect(errors.map(String)).toEqual([expect.stringContaining('live_trades_a')]);
  });

  it('is not refused by an error without a name that may be of one that was asked for before', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    const refused = { event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } };
    for (const pair of ['a', 'b']) {
      exchange.trades(pair).subscribe({ error: (error: unknown) => errors.push(error) });
    }
    pass(100);
    // The second one is of the other, and late.
    wire().receive(refused);
    pass(11_000);
    expect(channels(wire().sent)).toEqual(['a', 'b', 'a'].map((pair) => `live_trades_${pair}`));
    wire().receive(refused);
    expect(errors).toEqual([]);
  });

  it('is held up by none of which an error that names nobody may be', () => {
    const { exchange, wire, pass } = rig();
    const refused = { event: 'bts:error', channel: '', data: { code: null, message: 'odd' } };
    for (const pair of ['a', 'b']) exchange.trades(pair).subscribe();
    const left = exchange.trades('left').subscribe();
    pass(100);
    left.unsubscribe();
    pass(1_100);
    wire().receive(refused);
    pass(9_000);
    expect(channels(wire().sent).at(-1)).toBe('live_trades_a');

    // Whose it is can't be known: the end may be refused by it, too.
    wire().receive(refused);
    pass(100);
    expect(channels(wire().sent).at(-1)).toBe('live_trades_b');
  });

  it('is held up by none that is heard behind its repeated request, though the answer to its end was lost', () => {
    const { exchange, wire, pass } = rig({ linger: 0 });
    const trade = { id: 1, amount_str: '1', price_str: '1', type: 0, microtimestamp: '1000' };
    exchange.trades('b').subscribe();
    const left = exchange.trades('a').subscribe();
    pass(100);
    wire().receive({ event: 'trade', channel: 'live_trades_a', data: trade });
    left.unsubscribe();
    pass(100);
    exchange.trades('a').subscribe();
    pass(100);
    wire().receive({ event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } });
    pass(10_000);
    // The one that was asked for first is refused.
    wire().receive({ event: 'bts:error', channel: 'live_trades_b', data: { code: null, message: 'no' } });
    exchange.trades('c').subscribe();
    pass(1_000);
    expect(channels(wire().sent).at(-1)).toBe('live_trades_a');

    wire().receive({ event: 'trade', channel: 'live_trades_a', data: trade });
    pass(10);
    expect(channels(wire().sent).at(-1)).toBe('live_trades_c');
  });

  it('is not confirmed by the answer to the beginning before its end, which comes late', () => {
    const { exchange, wire, network, pass } = rig({ linger: 0 });
    const answer = (event: string): string => `{"event":"bts:${event}","channel":"diff_order_book_a","data":{}}`;
    exchange.trades('b').subscribe();
    exchange.book('a').subscribe().unsubscribe();
    const left = exchange.book('a').subscribe();
    pass(100);
    left.unsubscribe();
    pass(1_100);
    exchange.book('a').subscribe();
    pass(100);
    wire().receive(answer('subscription_succeeded'), answer('unsubscription_succeeded'));
    pass(4_000);
    expect(network.requests).toEqual([]);

    wire().receive(answer('subscription_succeeded'));
    pass(3_000);
    expect(network.requests).toHaveLength(1);
  });

  it.each(['is asked for again', 'is heard all the same'])(
    'is not held up by one that has no answer while it finds that out: it %s',
    (becomes) => {
      const { exchange, wire, pass } = rig();
      for (const pair of ['a', 'b']) exchange.trades(pair).subscribe();
      pass(100);
      const channel = 'live_trades_a';
      const trade = { id: 1, amount_str: '1', price_str: '1', type: 0, microtimestamp: '1000' };
      wire().receive({ event: 'bts:error', channel: '', data: { code: null, message: 'Bad subscription string.' } });
      pass(10_000);
      expect(channels(wire().sent).slice(2)).toEqual([channel]);

      if (becomes === 'is heard all the same') wire().receive({ event: 'trade', channel, data: trade });
      else {
        pass(10_000);
        wire().receive({ event: 'bts:subscription_succeeded', channel, data: {} });
      }
      pass(10);

      const again = becomes === 'is asked for again' ? [channel] : [];
      expect(channels(wire().sent).slice(3)).toEqual([...again, 'live_trades_b']);
    },
  );

  it.each([
    () => bitstamp({ url: 'https://x' }),
    () => bitstamp({ snapshotAfter: -1 }),
    () => bitstamp().book('btc usd'),
    () => bitstamp().book('btcusd', { depth: 50 as 100 }),
    () => bitstamp().bookByOrder('btcusd', { depth: 50 as 100 }),
    () => bitstamp({ market: 'spot' } as BitstampOptions),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
