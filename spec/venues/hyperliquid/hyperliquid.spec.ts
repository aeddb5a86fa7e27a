import type { BookState, Quote, Trade } from '../../../lib/index.js';
import { hyperliquid, type HyperliquidExchange } from '../../../lib/venues/hyperliquid/index.js';
import { type VenueRig, venueRig } from '../../support/venueRig.js';

const rig = (): VenueRig<HyperliquidExchange> => venueRig(hyperliquid);
const frame = (channel: string, data: unknown): string => JSON.stringify({ channel, data });
const levels = (...prices: readonly string[]) => prices.map((px) => ({ px, sz: '1', n: 1 }));
const book = (time: number, bids: readonly string[], asks: readonly string[], more: object = {}): string =>
  frame('l2Book', { coin: 'BTC', time, levels: [levels(...bids), levels(...asks)], ...more });
const trade = (tid: number) => ({ coin: 'BTC', side: 'B', px: '1', sz: '1', time: 1, hash: '0x', tid });
const accepted = (subscription: object, method = 'subscribe'): string =>
  frame('subscriptionResponse', { method, subscription });
/** As the venue repeats it: with all defaults written out. */
const whole = { type: 'l2Book', coin: 'BTC', nSigFigs: null, mantissa: null, fast: false };

const said = (state: BookState): string =>
  state.status === 'live'
    ? `${state.book.bestBid?.exact.price ?? '-'} ${state.book.bestAsk?.exact.price ?? '-'}`
    : state.status;
const booksOf = (one: VenueRig<HyperliquidExchange>, options: object = {}): string[] => {
  const told: string[] = [];
  one.exchange.book('BTC', options).subscribe((state) => told.push(said(state)));
  return told;
};

describe('a book of Hyperliquid', () => {
  it('is what the last frame has, one side or both empty included', () => {
    const one = rig();
    const told = booksOf(one);
    one.pass(100);
    one.wire().receive('Websocket connection established.', accepted(whole));
    one.wire().receive(book(1, ['10', '9'], ['11']), book(2, ['9'], []), book(3, [], []));

    expect(told).toEqual(['syncing', '10 11', '9 -', '- -']);
    expect(one.faults).toEqual([]);
  });

  it('is not taken back by a frame of before', () => {
    const one = rig();
    const told = booksOf(one);
    one.pass(100);
    one.wire().receive(accepted(whole), book(5, ['10'], ['11']), book(4, ['8'], ['12']), book(6, ['9'], ['11']));

    expect(told).toEqual(['syncing', '10 11', '9 11']);
  });

  it('of digits has a wire of its own beside the usual one, which the fast one has not', () => {
    const one = rig();
    const [usual, rough, fast] = [booksOf(one), booksOf(one, { digits: 2 }), booksOf(one, { fast: true })];
    one.pass(2_000);
    expect(one.network.wires).toHaveLength(2);
    const [first, second] = [one.wire(0), one.wire(1)];
    first.receive(book(1, ['10'], ['11']), book(1, ['10.5'], ['10.9'], { fast: true }));
    second.receive(book(1, ['5'], ['20'], { spread: '15.0' }));

    expect([usual.at(-1), rough.at(-1), fast.at(-1)]).toEqual(['10 11', '5 20', '10.5 10.9']);
    expect(second.sent.filter((text) => text.includes('subscribe'))).toEqual([
      '{"method":"subscribe","subscription":{"type":"l2Book","coin":"BTC","nSigFigs":2}}',
    ]);
  });

  it('is not told of one to other digits that has left the wire, until its end is answered', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const rough = { type: 'l2Book', coin: 'BTC', nSigFigs: 5, mantissa: 2 };
    one.exchange.trades('BTC').subscribe();
    const left = one.exchange.book('BTC', { digits: 5, mantissa: 2 }).subscribe();
    one.pass(100);
    one.wire().receive(accepted({ ...whole, ...rough }), book(1, ['10'], ['12']));
    left.unsubscribe();
    one.pass(100);
    const told = booksOf(one);
    one.pass(100);

    one.wire().receive(book(2, ['10'], ['12']), accepted({ ...whole, ...rough }, 'unsubscribe'), accepted(whole));
    expect(told).toEqual(['syncing']);
    one.wire().receive(book(3, ['10.5'], ['11.5']));
    expect(told).toEqual(['syncing', '10.5 11.5']);
    expect(one.network.wires).toHaveLength(1);
  });

  it('has the one whose place it takes ended again, where that was not answered', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const rough = { type: 'l2Book', coin: 'BTC', nSigFigs: 5, mantissa: 2 };
    one.exchange.trades('BTC').subscribe();
    const left = one.exchange.book('BTC', { digits: 5, mantissa: 2 }).subscribe();
    one.pass(100);
    left.unsubscribe();
    one.pass(100);
    const told = booksOf(one);
    one.pass(100);
    const before = one.wire().sent.length;

    one.wire().receive(accepted(whole), book(2, ['10'], ['12']), book(3, ['10.5'], ['11.5']));
    one.pass(100);
    expect(one.wire().sent.slice(before)).toEqual([JSON.stringify({ method: 'unsubscribe', subscription: rough })]);
    one.wire().receive(frame('error', `Already unsubscribed: ${JSON.stringify(rough)}`), book(4, ['10.6'], ['11.5']));

    expect(told).toEqual(['syncing', '10.6 11.5']);
  });

  it('is told nothing until the venue has answered it where the one before has ended, or until it was asked for twice', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const rough = { type: 'l2Book', coin: 'BTC', nSigFigs: 5, mantissa: 2 };
    one.exchange.trades('BTC').subscribe();
    const left = one.exchange.book('BTC', { digits: 5, mantissa: 2 }).subscribe();
    one.pass(100);
    one.wire().receive(accepted({ ...whole, ...rough }), book(1, ['10'], ['12']));
    left.unsubscribe();
    one.pass(100);
    const told = booksOf(one);
    one.pass(100);

    // It was on its way.
    one.wire().receive(accepted({ ...whole, ...rough }, 'unsubscribe'), book(2, ['10'], ['12']));
    expect(told).toEqual(['syncing']);
    one.pass(10_000);
    one.wire().receive(book(3, ['10.5'], ['11.5']));
    expect(told).toEqual(['syncing', '10.5 11.5']);
    expect(one.network.wires).toHaveLength(1);
  });

  it('has the one before ended by one answer where none of those before came', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const rough = { type: 'l2Book', coin: 'BTC', nSigFigs: 5, mantissa: 2 };
    one.exchange.trades('BTC').subscribe();
    for (let times = 0; times < 3; times += 1) {
      const left = one.exchange.book('BTC', { digits: 5, mantissa: 2 }).subscribe();
      one.pass(100);
      left.unsubscribe();
      one.pass(100);
    }
    const told = booksOf(one);
    one.pass(100);

    one.wire().receive(accepted(whole), book(2, ['10'], ['12']));
    one.wire().receive(frame('error', `Already unsubscribed: ${JSON.stringify(rough)}`), book(3, ['10.6'], ['11.5']));

    expect(told).toEqual(['syncing', '10.6 11.5']);
  });

  it('is not told of one to other digits whose end was refused, until it has ended', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const rough = { type: 'l2Book', coin: 'BTC', nSigFigs: 5, mantissa: 2 };
    const end = JSON.stringify({ method: 'unsubscribe', subscription: rough });
    one.exchange.trades('BTC').subscribe();
    const left = one.exchange.book('BTC', { digits: 5, mantissa: 2 }).subscribe();
    one.pass(100);
    one.wire().receive(accepted({ ...whole, ...rough }), book(1, ['10'], ['12']));
    left.unsubscribe();
    one.pass(100);
    const refused = frame('error', `Invalid subscription ${JSON.stringify(rough)}`);
    one.wire().receive(refused);
    const told = booksOf(one);
    one.pass(100);

    one.wire().receive(accepted(whole), book(2, ['10'], ['12']), refused, book(3, ['10.5'], ['11.5']));
    one.pass(100);
    expect(one.wire().sent.filter((text) => text === end)).toHaveLength(3);
    one.wire().receive(accepted({ ...whole, ...rough }, 'unsubscribe'), book(4, ['10.6'], ['11.5']));

    expect(told).toEqual(['syncing', '10.6 11.5']);
  });

  it('is subscribed anew where it is ended unasked, though the answer to an end before was lost', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    one.exchange.trades('BTC').subscribe();
    const left = one.exchange.book('BTC').subscribe();
    one.pass(100);
    one.wire().receive(accepted(whole), book(1, ['10'], ['12']));
    left.unsubscribe();
    one.pass(100);
    const told = booksOf(one);
    one.pass(100);

    one.wire().receive(accepted(whole), book(2, ['10'], ['11']));
    const before = one.wire().sent.length;
    one.wire().receive(accepted(whole, 'unsubscribe'));
    one.pass(100);

    expect(told.slice(0, 3)).toEqual(['syncing', '10 11', 'stale']);
    expect(one.wire().sent.slice(before).join()).toContain('"subscribe"');
  });

  it('ends nothing that is wanted again where its end was refused', () => {
    const one = rig();
    const errors: unknown[] = [];
    one.exchange.trades('ETH').subscribe();
    const left = one.exchange.trades('BTC').subscribe();
    one.pass(100);
    left.unsubscribe();
    one.pass(1_100);
    one.exchange.trades('BTC').subscribe({ error: (error: unknown) => errors.push(error) });
    one.pass(100);
    const trades = { type: 'trades', coin: 'BTC' };
    expect(one.wire().sent.slice(-2)).toEqual(
      ['unsubscribe', 'subscribe'].map((method) => JSON.stringify({ method, subscription: trades })),
    );

    one.wire().receive(frame('error', `Invalid subscription ${JSON.stringify(trades)}`), accepted(trades));
    one.pass(15_000);

    expect(errors).toEqual([]);
    expect(one.faults.filter(({ type }) => type !== 'unconfirmed')).toMatchObject([{ type: 'venue' }]);
  });

  it.each([
    ['accepted', accepted],
    ['subscribed already', (trades: object) => frame('error', `Already subscribed: ${JSON.stringify(trades)}`)],
  ])('is requested again where all that was told is that it was %s before its end', (_, answer) => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const trades = { type: 'trades', coin: 'BTC' };
    one.exchange.trades('ETH').subscribe();
    const left = one.exchange.trades('BTC').subscribe();
    one.pass(100);
    left.unsubscribe();
    one.pass(100);
    one.exchange.trades('BTC').subscribe();
    one.pass(100);

    one.wire().receive(answer(trades));
    const before = one.wire().sent.length;
    one.pass(10_000);
    expect(one.wire().sent.slice(before)).toContain(JSON.stringify({ method: 'subscribe', subscription: trades }));
  });

  it('is not refused by the refusal of its end, though that comes after its request was repeated', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const errors: unknown[] = [];
    const trades = { type: 'trades', coin: 'BTC' };
    one.exchange.trades('ETH').subscribe();
    const left = one.exchange.trades('BTC').subscribe();
    one.pass(100);
    one.wire().receive(accepted(trades));
    left.unsubscribe();
    one.exchange.trades('BTC').subscribe({ error: (error: unknown) => errors.push(error) });
    one.pass(14_000);
    expect(one.wire().sent.filter((text) => text.includes('"subscribe"') && text.includes('BTC'))).toHaveLength(3);

    one.wire().receive(frame('error', `Invalid subscription ${JSON.stringify(trades)}`), accepted(trades));
    one.wire().receive(frame('error', `Already subscribed: ${JSON.stringify(trades)}`));
    one.pass(20_000);
    expect(errors).toEqual([]);
    expect(one.wire().sent.filter((text) => text.includes('"unsubscribe"'))).toHaveLength(1);
  });

  it('is asked for anew where a refusal comes after its request was repeated and accepted', () => {
    const one = rig();
    const errors: unknown[] = [];
    one.exchange.trades('BTC').subscribe({ error: (error: unknown) => errors.push(error) });
    one.pass(100);
    const trades = { type: 'trades', coin: 'BTC' };
    const refused = frame('error', `Invalid subscription ${JSON.stringify(trades)}`);
    one.pass(10_000);
    expect(one.wire().sent.filter((text) => text.includes('"subscribe"'))).toHaveLength(2);

    one.wire().receive(accepted(trades), refused);
    one.pass(100);
    expect(errors).toEqual([]);
    expect(one.wire().sent.slice(-2)).toEqual(
      ['unsubscribe', 'subscribe'].map((method) => JSON.stringify({ method, subscription: trades })),
    );

    // It was of the present one, then.
    one.wire().receive(accepted(trades, 'unsubscribe'), refused);
    expect(errors).toHaveLength(1);
  });

  it('takes no harm of being subscribed already', () => {
    const one = rig();
    const told = booksOf(one);
    one.pass(100);
    one.wire().receive(frame('error', `Already subscribed: ${JSON.stringify(whole)}`), book(1, ['10'], ['11']));
    one.pass(12_000);

    expect(told).toContain('10 11');
    expect(one.faults.filter(({ type }) => type === 'refused' || type === 'unconfirmed')).toEqual([]);
  });
});

// Captured: the venue closes the connection on a subscription to a coin that it can't check, with all that is on it.
describe('a coin for which Hyperliquid closes the connection', () => {
  const session = (one: VenueRig<HyperliquidExchange>, index: number): readonly string[] => {
    one.pass(5_000);
    const { sent } = one.wire(index);
    if (sent.some((text) => text.includes('"l2Book"'))) one.wire(index).receive(accepted(whole));
    if (sent.some((text) => text.includes('"bbo"'))) one.wire(index).lose();
    else one.wire(index).receive(book(index, ['10'], ['11']));
    return sent.filter((text) => text.includes('"bbo"'));
  };
  const playing = (coin: string) => {
    const one = rig();
    const told = booksOf(one);
    const errors: unknown[] = [];
    one.exchange.quotes(coin).subscribe({ error: (error: unknown) => errors.push(error) });
    return { one, told, errors };
  };

  it.each([
    ['NOPE', { type: 'meta' }, 'BTC'],
    ['@9999', { type: 'spotMeta' }, '@107'],
    ['xyz:NOPE', { type: 'meta', dex: 'xyz' }, 'xyz:XYZ100'],
  ])('is refused where its list does not have it, and all others go on: %s', (coin, question, listed) => {
    const { one, told, errors } = playing(coin);
    session(one, 0);
    expect(one.network.requests).toEqual([]);
    session(one, 1);
    expect(one.network.requests.map(({ request }) => request.body)).toEqual([JSON.stringify(question)]);
    one.network.requests[0]?.respond({ universe: [{ name: listed }] });

    expect(session(one, 2)).toEqual([]);

    expect(errors).toMatchObject([{ name: 'SubscriptionRefusedError' }]);
    expect(told.at(-1)).toBe('10 11');
    one.pass(5_000);
    expect(one.network.requests).toHaveLength(1);
  });

  it.each([
    ['that the list has', 'ETH', { universe: [{ name: 'ETH' }] }],
    ['of which an empty list says nothing', 'ETH', { universe: [] }],
  ])('is asked for again where it is one %s', (_, coin, answer) => {
    const { one, errors } = playing(coin);
    session(one, 0);
    session(one, 1);
    one.network.requests[0]?.respond(answer);

    expect([session(one, 2).length, errors]).toEqual([1, []]);
  });

  it('is looked up by nobody where it was answered in between, or there is no list of such', () => {
    const [answered, ofNone] = [playing('ETH'), playing('#14880')];
    session(answered.one, 0);
    answered.one.pass(5_000);
    answered.one.wire(1).receive(accepted({ type: 'bbo', coin: 'ETH' }));
    answered.one.wire(1).lose();
    session(answered.one, 2);
    for (const index of [0, 1, 2]) session(ofNone.one, index);

    expect([answered.one.network.requests, ofNone.one.network.requests]).toEqual([[], []]);
  });
});

describe('trades of Hyperliquid', () => {
  it('are told once where they are left and wanted again, while the venue has yet to answer', () => {
    const one = venueRig((outside) => hyperliquid({ ...outside, linger: 0 }));
    const trades = { type: 'trades', coin: 'BTC' };
    const told: string[] = [];
    const listen = () => one.exchange.trades('BTC').subscribe(({ id }: Trade) => told.push(id));
    one.exchange.quotes('BTC').subscribe();
    const first = listen();
    one.pass(100);
    one.wire().receive(accepted(trades), frame('trades', [trade(1)]), frame('trades', [trade(2)]));
    first.unsubscribe();
    listen();
    one.pass(100);

    one.wire().receive(frame('trades', [trade(3)]), accepted(trades, 'unsubscribe'), accepted(trades));
    one.wire().receive(frame('trades', [trade(2), trade(3)]), frame('trades', [trade(4)]), frame('trades', [trade(4)]));

    expect(told).toEqual(['2', '4']);
  });

  it('of the first frame are from before, on each session', () => {
    const one = rig();
    const [past, live]: [string[], string[]] = [[], []];
    one.exchange.recentTrades('BTC').subscribe(({ id }: Trade) => past.push(id));
    one.exchange.trades('BTC').subscribe(({ id }: Trade) => live.push(id));
    one.pass(100);
    one.wire(0).receive(frame('trades', [trade(1), trade(2)]), frame('trades', [trade(3)]), frame('trades', []));
    one.wire(0).lose();
    one.pass(5_000);
    one.wire(1).receive(frame('trades', [trade(3)]), frame('trades', [trade(4)]));

    expect([past, live]).toEqual([
      ['1', '2', '3'],
      ['3', '4'],
    ]);
  });
});

describe('quotes of Hyperliquid', () => {
  it.each<readonly [string, unknown, readonly (string | undefined)[]]>([
    ['both sides', [...levels('10'), ...levels('11')], ['10', '11']],
    ['no bid', [null, ...levels('11')], [undefined, '11']],
    ['a side that is left out', levels('10'), ['10', undefined]],
  ])('have %s', (_, bbo, expected) => {
    const one = rig();
    const told: Quote[] = [];
    one.exchange.quotes('BTC').subscribe((quote) => told.push(quote));
    one.pass(100);
    one.wire().receive(frame('bbo', { coin: 'BTC', time: 1, bbo }));

    expect(told.map(({ bid, ask }) => [bid?.exact.price, ask?.exact.price])).toEqual([expected]);
    expect(one.faults).toEqual([]);
  });
});

it('what is said again and again is a ping of its own, answered in JSON', () => {
  const one = rig();
  one.exchange.quotes('BTC').subscribe();
  for (let second = 0; second < 60; second += 1) {
    one.pass(1_000);
    for (const wire of one.network.wires) if (wire.status === 'open') wire.receive('{"channel":"pong"}');
  }

  expect(one.wire().sent.filter((text) => text === '{"method":"ping"}').length).toBeGreaterThanOrEqual(2);
  expect(one.network.wires).toHaveLength(1);
});
