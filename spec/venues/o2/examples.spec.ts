import type { AccountEvent, BookState, Trade } from '../../../lib/index.js';
import type { O2Order } from '../../../lib/venues/o2/index.js';
import { ACCOUNT, BASE, MARKET, QUOTE, rig, type Rig } from './rig.js';

/** The examples of the protocol, verbatim ones first, as the venue would send them. */
const examples = {
  verbatimSnapshot:
    '{"action":"subscribe_depth","view":{"buys":[{"price":"100","quantity":"500"}],"sells":[]},"market_id":"0xabc"}',
  verbatimUpdate:
    '{"action":"subscribe_depth_update","changes":{"buys":[{"price":"100","quantity":"600"}],"sells":[{"price":"101","quantity":"0"}]},"market_id":"0xabc"}',
  mixedUpdate:
    '{"action":"subscribe_depth_update","market_id":"market1","view":{"buys":[{"price":"100","quantity":"10"}],"sells":[]}}',
  snapshot: `{"action":"subscribe_depth","view":{"precision":1,"buys":[{"price":"19990000","quantity":"500000000000"},{"price":"19980000","quantity":"250000000000"}],"sells":[{"price":"20010000","quantity":"300000000000"},{"price":"20020000","quantity":"800000000000"}]},"market_id":"${MARKET}"}`,
  signed: [
    `{"action":"subscribe_depth_update","changes":{"buys":[{"price":"19990000","quantity":"-200000000000"}],"sells":[]},"market_id":"${MARKET}","onchain_timestamp":"1774483200","seen_timestamp":"1774483200123456789"}`,
    `{"action":"subscribe_depth_update","changes":{"buys":[{"price":"19985000","quantity":"100000000000"}],"sells":[{"price":"20010000","quantity":"-300000000000"}]},"market_id":"${MARKET}","onchain_timestamp":"1774483201","seen_timestamp":"1774483201123456789"}`,
    `{"action":"subscribe_depth_update","changes":{"buys":[{"price":"19980000","quantity":"-250000000000"}],"sells":[{"price":"20020000","quantity":"100000000000"}]},"market_id":"${MARKET}","onchain_timestamp":null,"seen_timestamp":"1774483202123456789"}`,
    `{"action":"subscribe_depth_update","changes":{"buys":[],"sells":[{"price":"20030000","quantity":"50000000000"}]},"market_id":"${MARKET}","onchain_timestamp":"1774483203","seen_timestamp":"1774483203123456789"}`,
  ],
  absolute: [
    '{"buys":[{"price":"19990000","quantity":"300000000000"}],"sells":[]}',
    '{"buys":[{"price":"19985000","quantity":"100000000000"}],"sells":[{"price":"20010000","quantity":"0"}]}',
    '{"buys":[{"price":"19980000","quantity":"0"}],"sells":[{"price":"20020000","quantity":"900000000000"}]}',
    '{"buys":[],"sells":[{"price":"20030000","quantity":"50000000000"}]}',
  ].map(
    (changes) =>
      `{"action":"subscribe_depth_update","changes":${changes},"market_id":"${MARKET}","seen_timestamp":"1"}`,
  ),
  orders: `{"action":"subscribe_depth","orders":{"buys":[{"price":"19990000","quantity":"500000000000"}],"sells":[{"price":"20010000","quantity":"300000000000"}]},"market_id":"${MARKET}"}`,
  view: `{"action":"subscribe_depth_view","view":{"precision":1,"buys":[{"price":"19990000","quantity":"300000000000"}],"sells":[{"price":"20020000","quantity":"900000000000"}]},"market_id":"${MARKET}"}`,
};

const levels = (state: BookState | undefined): unknown =>
  state?.status === 'live'
    ? [state.book.bids, state.book.asks].map((side) => [...side].map(({ exact }) => `${exact.price}=${exact.size}`))
    : state;

function book(options: Parameters<typeof rig>[0] = {}, market = MARKET): Rig & { readonly states: BookState[] } {
  const it = rig(options);
  const states: BookState[] = [];
  it.exchange.book(market).subscribe((state) => states.push(state));
  it.pass(100);
  return { ...it, states };
}

describe('depth', () => {
  const expected = [
    ['0.01999=300', '0.019985=100'],
    ['0.02002=900', '0.02003=50'],
  ];

  it.each([
    ['signed changes', 'signed-change', examples.signed],
    ['absolute sizes', 'absolute', examples.absolute],
  ] as const)('folds the worked sequence of %s', (_, sizes, updates) => {
    const { wire, states, faults } = book({ sizes });

    wire().receive(examples.snapshot, ...updates);

    expect(levels(states.at(-1))).toEqual(expected);
    expect(states.map(({ status }) => status)).toEqual(['syncing', ...Array.from({ length: 5 }, () => 'live')]);
    expect(faults).toEqual([]);
  });

  it('notices absolute sizes that get a negative one', () => {
    const { wire, states, faults } = book({ sizes: 'absolute' });

    wire().receive(examples.snapshot, ...examples.signed);

    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(faults).toMatchObject([{ type: 'gap', message: expect.stringContaining('a size of -200 at 0.01999') }]);
  });

  it('notices signed changes that get the removal of absolute sizes', () => {
    const { wire, states, faults } = book({ sizes: 'signed-change' });

    wire().receive(examples.snapshot, ...examples.absolute);

    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'gap' });
    expect(faults).toMatchObject([{ message: expect.stringContaining('a change of 0 at 0.02001') }]);
  });

  it('reads sides wherever they have been seen', () => {
    const { wire, states } = book();
    wire().receive(examples.orders);
    expect(levels(states.at(-1))).toEqual([['0.01999=500'], ['0.02001=300']]);

    wire().receive(
      `{"action":"subscribe_depth","buys":[{"price":"1","quantity":"1"}],"sells":[],"market_id":"${MARKET}"}`,
    );
    expect(levels(states.at(-1))).toEqual([['0.000000001=0.000000001'], []]);

    wire().receive(
      `{"action":"subscribe_depth_update","changes":{"bids":[{"price":"1","quantity":"1"}]},"market_id":"${MARKET}"}`,
    );
    expect(levels(states.at(-1))).toEqual([['0.000000001=0.000000002'], []]);
  });

  it('reads the verbatim samples', () => {
    const { wire, states } = book({}, '0xabc');
    wire().receive(examples.verbatimSnapshot, examples.verbatimUpdate);
    expect(levels(states.at(-1))).toEqual([['0.0000001=0.0000011'], []]);
  });

  it('tells a snapshot from an update by the action alone', () => {
    const { wire, states } = book({}, 'market1');
    wire().receive(examples.mixedUpdate);
    expect(states.at(-1)).toEqual({ status: 'syncing' });
    wire().receive(examples.mixedUpdate.replace('subscribe_depth_update', 'subscribe_depth'), examples.mixedUpdate);
    expect(levels(states.at(-1))).toEqual([['0.0000001=0.00000002'], []]);
  });

  it('tells the time of an update in ms, and of a snapshot none', () => {
    const { wire, states } = book();
    wire().receive(examples.snapshot);
    expect(states.at(-1)).toMatchObject({ book: { venueTime: undefined } });
    wire().receive(examples.signed[0]);
    expect(states.at(-1)).toMatchObject({ book: { venueTime: Number('1774483200123.456789') } });
  });

  it('views the whole book each time', () => {
    const { exchange, pass, wire } = rig();
    const states: BookState[] = [];
    exchange.depthView(MARKET).subscribe((state) => states.push(state));
    pass(100);
    wire().receive(examples.view, examples.view.replace('300000000000', '1'));
    expect(states.map(levels)).toEqual([
      { status: 'syncing' },
      [['0.01999=300'], ['0.02002=900']],
      [['0.01999=0.000000001'], ['0.02002=900']],
    ]);
  });
});

describe('trades', () => {
  const stamped = '"onchain_timestamp":"1774483200","seen_timestamp":"1774483200123456789"';
  const frames = [
    `{"action":"subscribe_trades","trades":[{"trade_id":"42","side":"Buy","total":"2000000000","quantity":"100000000000","price":"20000000","timestamp":"1774483200123"}],"market_id":"${MARKET}",${stamped}}`,
    `{"action":"subscribe_trades","trades":[{"trade_id":"0x0a/0x0b","side":"sell","total":"1000000000","quantity":"50000000000","price":"20000000","timestamp":1774483201000},{"trade_id":"0x0a/0x0c","side":"sell","total":"1000500000","quantity":"50000000000","price":"20010000","timestamp":1774483201000}],"market_id":"${MARKET}","onchain_timestamp":null,"seen_timestamp":"1774483201123456789"}`,
    `{"action":"trades","trades":[{"trade_id":"43","side":"Sell","total":"199900000","quantity":"10000000000","price":"19990000","timestamp":"1774483202000"}],"market_id":"${MARKET}","seen_timestamp":"1774483202123456789"}`,
    `{"action":"subscribe_trades","trades":[],"market_id":"${MARKET}",${stamped}}`,
    // An older server: one trade, its id a number, its time in seconds.
    `{"action":"subscribe_trades","trade":{"trade_id":44,"side":"sell","total":"1","quantity":"1","price":"1","timestamp":1774483203},"market_id":"${MARKET}",${stamped}}`,
  ];

  it('are told one by one, with the side of the taker', () => {
    const { exchange, pass, wire, faults } = rig();
    const trades: Trade[] = [];
    exchange.trades(MARKET).subscribe((trade) => trades.push(trade));
    pass(100);

    wire().receive(...frames);

    expect(trades.map(({ id, side, exact, venueTime }) => [id, side, exact.price, exact.size, venueTime])).toEqual([
      ['42', 'sell', '0.02', '100', 1774483200123],
      ['0x0a/0x0b', 'buy', '0.02', '50', 1774483201000],
      ['0x0a/0x0c', 'buy', '0.02001', '50', 1774483201000],
      ['43', 'buy', '0.01999', '10', 1774483202000],
      ['44', 'buy', '0.000000001', '0.000000001', 1774483203000],
    ]);
    expect(faults).toEqual([]);
  });

  it('are refused without a side, which the verbatim sample lacks', () => {
    const { exchange, pass, wire, faults } = rig();
    const trades: Trade[] = [];
    exchange.trades('market1').subscribe((trade) => trades.push(trade));
    pass(100);

    wire().receive(
      '{"action":"subscribe_trades","trades":[{"trade_id":"trade123","price":"100","quantity":"5","timestamp":"1234567890"}],"market_id":"market1","onchain_timestamp":"1234567890","seen_timestamp":"1234567891"}',
      frames[0]?.replace(MARKET, 'market1'),
    );

    expect(trades).toHaveLength(1);
    expect(faults).toMatchObject([
      { type: 'decode', path: 'o2.Trades/trades: Trades/0: o2.Trade/side: Side', channel: 'trades market1' },
    ]);
  });
});

describe('orders', () => {
  const ID = '0x0000000000000000000000000000000000000000000000000000000000000a01';
  const stamped = '"onchain_timestamp":"1774483200","seen_timestamp":"1774483200123456789"';
  const state = (fields: string): string =>
    `{"action":"subscribe_orders","orders":[{"order_id":"${ID}","side":"Buy","order_type":"PostOnly","quantity":"100000000000","price":"19990000","timestamp":"1774483200",${fields}}],${stamped}}`;
  const frames = {
    verbatim: [
      '{"action":"subscribe_orders","orders":[{"order_id":"order123","market_id":"market1","side":"buy","price":"100","quantity":"10"}],"onchain_timestamp":"1234567890","seen_timestamp":"1234567891"}',
      '{"action":"subscribe_orders","orders":[{"order_id":"0x1","side":"buy","order_type":"Spot","price":"100","quantity":"50","timestamp":"0","close":false}]}',
    ],
    open: state(
      `"quantity_fill":"0","price_fill":"0","close":false,"partially_filled":false,"cancel":false,"market_id":"${MARKET}","base_decimals":9`,
    ),
    partial: state(
      '"quantity_fill":"40000000000","price_fill":"19990000","close":false,"partially_filled":true,"cancel":false,"desired_quantity":{"Base":{"remaining_quantity":60000000000}}',
    ),
    cancelled: state('"quantity_fill":"40000000000","close":true,"partially_filled":true,"cancel":true'),
    raw: `{"action":"subscribe_orders","orders":[{"order_id":"0x0000000000000000000000000000000000000000000000000000000000000a02","side":"sell","order_type":{"Limit":[20010000,1774483203]},"quantity":"18446744073709551615","price":"20010000","timestamp":1774483203,"close":false,"desired_quantity":{"Base":{"remaining_quantity":18446744073709551615}}},{"order_id":"0x0000000000000000000000000000000000000000000000000000000000000a03","side":"Buy","order_type":{"BoundedMarket":{"max_price":20030000,"min_price":0}},"quantity":"1000000000","quantity_fill":"1000000000","price":"20010000","timestamp":1774483203,"close":true}],${stamped}}`,
  };
  const follow = () => {
    const it = rig({ rest: (path) => (path.startsWith('/v1/orders') ? '{"orders":[]}' : undefined) });
    const events: AccountEvent<O2Order, readonly O2Order[]>[] = [];
    const open: unknown[] = [];
    it.exchange.orders(ACCOUNT).subscribe((event) => events.push(event));
    it.exchange
      .openOrders(ACCOUNT)
      .subscribe((claim) => open.push(claim.status === 'live' ? claim.value : claim.status));
    it.pass(100);
    const orders = (): readonly O2Order[] => events.flatMap((event) => (event.type === 'event' ? [event.value] : []));
    return { ...it, events, orders, open };
  };

  it('hold the full state each time, scaled by the market that an earlier one named', () => {
    const { wire, orders, open, pass, faults } = follow();

    wire().receive(frames.open, frames.partial);
    pass(1);
    expect(
      orders().map(({ status, price, size, filled, fillPrice }) => [status, price, size, filled, fillPrice]),
    ).toEqual([
      ['open', 0.01999, 100, 0, 0],
      ['partial', 0.01999, 100, 40, 0.01999],
    ]);
    expect(orders()[1]).toMatchObject({
      id: ID,
      side: 'buy',
      type: 'PostOnly',
      market: { pair: 'ETH/USDC' },
      exact: { price: '0.01999', size: '100', filled: '40', fillPrice: '0.01999' },
      units: { price: '19990000', size: '100000000000', remaining: '60000000000' },
      placedTime: 1774483200000,
    });
    expect(open.at(-1)).toMatchObject([{ id: ID, status: 'partial' }]);

    wire().receive(frames.cancelled);
    pass(1);
    expect(orders()[2]).toMatchObject({ status: 'cancelled', filled: 40, fillPrice: undefined });
    expect(open.at(-1)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('keep integers that no double holds', () => {
    const { wire, orders, pass } = follow();
    wire().receive(frames.raw);
    pass(1);
    expect(orders()).toMatchObject([
      {
        type: { Limit: ['20010000', '1774483203'] },
        status: 'open',
        market: undefined,
        size: undefined,
        units: { size: '18446744073709551615', remaining: '18446744073709551615' },
      },
      { type: { BoundedMarket: { max_price: '20030000', min_price: '0' } }, status: 'filled' },
    ]);
  });

  it('are taken as sparse as the verbatim samples are', () => {
    const { wire, orders, pass, faults } = follow();
    wire().receive(...frames.verbatim);
    pass(1);
    expect(orders()).toMatchObject([
      { id: 'order123', status: 'open', market: { id: 'market1' }, exact: { price: '0.0000001', size: '0.00000001' } },
      { id: '0x1', status: 'open', type: 'Spot', market: undefined, price: undefined, units: { price: '100' } },
    ]);
    expect(faults).toEqual([]);
  });

  it('refuse an order without a side, and start over, since nothing else would tell of the loss', () => {
    const { wire, events, pass, faults } = follow();
    wire().receive(frames.open.replace('"side":"Buy",', ''));
    pass(2_000);
    expect(faults).toMatchObject([{ type: 'decode', path: 'o2.Orders/orders: Orders/0: o2.Order/side: Side' }]);
    expect(events.map((event) => (event.type === 'reset' ? `reset ${event.reason}` : event.type))).toEqual([
      'reset connected',
      'snapshot',
      'reset gap',
      'snapshot',
    ]);
  });
});

describe('balances', () => {
  const stamped = '"onchain_timestamp":"1774483200","seen_timestamp":"1774483200123456789"';
  const frames = [
    `{"action":"subscribe_balances","balance":[{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${BASE}","total_locked":"2000000000","total_unlocked":"34878720000","trading_account_balance":"25000000000","order_books":{"0x9ad52fb8":{"locked":"2000000000","unlocked":"34878720000","fee":"500000"}}}],${stamped}}`,
    `{"action":"subscribe_balances","balance":[{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${BASE}","total_locked":"0","total_unlocked":"36878720000","trading_account_balance":"25000000000","order_books":{}},{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${QUOTE}","total_locked":"0","total_unlocked":"340282366920938463463374607431768211455","trading_account_balance":"0","order_books":{}}],"onchain_timestamp":null,"seen_timestamp":"1774483201123456789"}`,
    `{"action":"subscribe_balances","balance":[{"identity":{"Address":"0x${'4'.repeat(64)}"},"asset_id":"${BASE}","total_locked":"1","total_unlocked":"0","trading_account_balance":"0","order_books":{}}],${stamped}}`,
    `{"action":"subscribe_balances","balance":[],${stamped}}`,
    '{"action":"subscribe_balances","balance":[{"identity":{"Address":"test_address"},"asset_id":"asset123","total_locked":"100","total_unlocked":"200","trading_account_balance":"300"}],"onchain_timestamp":"1234567890","seen_timestamp":"1234567891"}',
  ];
  const nothing = '{"order_books":{},"total_locked":"0","total_unlocked":"0","trading_account_balance":"0"}';

  it('replace what was known of their asset; those of another identity are passed over', () => {
    const { exchange, pass, wire, faults } = rig({ rest: () => nothing });
    const states: unknown[] = [];
    exchange
      .balances(ACCOUNT)
      .subscribe((state) =>
        states.push(
          state.status === 'live' ? state.value.map(({ exact }) => `${exact.locked}+${exact.unlocked}`) : state.status,
        ),
      );
    pass(100);

    wire().receive(...frames);
    pass(1);

    expect(states).toEqual([
      'syncing',
      ['0+0', '0+0'],
      ['2+34.87872', '0+0'],
      ['0+36.87872', '0+340282366920938463463374607431.768211455'],
    ]);
    expect(faults).toEqual([]);
  });

  it('may be an address’s, and of an asset that no market has', () => {
    const { exchange, pass, wire, network } = rig({ rest: () => nothing });
    const events: unknown[] = [];
    exchange.balanceUpdates({ Address: `0x${'4'.repeat(64)}` }).subscribe((event) => events.push(event));
    pass(100);
    wire().receive(frames[2], frames[2]?.replace(BASE, 'asset123'));
    pass(100);

    expect(network.requests.map(({ request }) => request.url).at(1)).toMatch(
      /\/v1\/balance\?asset_id=0x2+&address=0x4+$/,
    );
    expect(events).toMatchObject([
      { type: 'reset' },
      { type: 'snapshot' },
      { value: { asset: { symbol: 'ETH' }, locked: 1e-9 } },
      { value: { assetId: 'asset123', asset: undefined, locked: undefined, units: { locked: '1' } } },
    ]);
  });
});

describe('nonce', () => {
  it('is told in any of its three forms', () => {
    const { exchange, pass, wire, faults } = rig({ rest: () => '{"trade_account":{"nonce":"0x29"}}' });
    const nonces: unknown[] = [];
    exchange
      .nonceUpdates(ACCOUNT)
      .subscribe((event) => nonces.push(event.type === 'reset' ? 'reset' : event.value.nonce));
    pass(100);

    const frame = (nonce: string, id = ACCOUNT, action = 'subscribe_nonce'): string =>
      `{"action":"${action}","contract_id":"${id}","nonce":${nonce},"onchain_timestamp":null,"seen_timestamp":"1774483200123456789"}`;
    wire().receive(
      frame('"42"', 'contract123'),
      frame('"43"'),
      frame('"0x2c"'),
      frame('45'),
      frame('"46"', ACCOUNT, 'nonce').replace('"onchain_timestamp":null,', ''),
      frame('18446744073709551615'),
    );

    expect(nonces).toEqual(['reset', '41', '43', '44', '45', '46', '18446744073709551615']);
    expect(faults).toEqual([]);
  });
});
