import { VirtualTimeScheduler } from 'rxjs';
import type { Wire } from '../../../lib/network/network.js';
import { simulatedAccountId, simulatedO2 } from '../../../lib/simulation/index.js';
import { captured, type Captured, strangeIn } from '../shapes.js';

// Frames as the tests of the venue's own SDKs and the types of its server have them.

const START = Date.UTC(2026, 7, 12);
const ACCOUNT = simulatedAccountId(1);
const ID = '0xc0c5c48315d8cfff9f00777f81fdf04e9b4ef69e802a1a068549a8d6a06ee19f';
type Json = Readonly<Record<string, unknown>>;

function byAction(frames: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const all = new Map<string, Json[]>();
  for (const frame of frames) {
    const action = String(frame['action']);
    all.set(action, [...(all.get(action) ?? []), frame]);
  }
  return all;
}

/** What a client hears in half a minute that asks for everything, and a request to the venue after that. */
function traded() {
  const scheduler = new VirtualTimeScheduler(undefined, START + 30_000);
  scheduler.frame = START;
  const venue = simulatedO2({
    scheduler,
    seed: 1,
    activity: 2,
    accountActivity: 1,
    instruments: ['ETHUSDT', 'SOLUSDT'],
  });
  const [market, other] = venue.markets;
  if (market === undefined || other === undefined) throw new Error('no markets');
  const frames: Json[] = [];
  const client = venue.network.open({ url: 'ws://venue/v1/ws' }).subscribe((wire: Wire) => {
    wire.messages.subscribe((text) => frames.push(JSON.parse(text) as Json));
    const identities = [{ ContractId: ACCOUNT }];
    for (const message of [
      { action: 'subscribe_depth', market_id: market.id, precision: '10' },
      { action: 'subscribe_depth_view', market_id: other.id, precision: '10', frequency: '500ms' },
      { action: 'subscribe_trades', market_id: market.id },
      ...['orders', 'balances', 'nonce'].map((name) => ({ action: `subscribe_${name}`, identities })),
    ]) {
      wire.send(JSON.stringify(message));
    }
  });
  scheduler.flush();
  client.unsubscribe();
  const get = (path: string): unknown => {
    const bodies: string[] = [];
    venue.network.request({ method: 'GET', url: `http://venue${path}` }).subscribe(({ body }) => bodies.push(body));
    scheduler.maxFrames += 1_000;
    scheduler.flush();
    return JSON.parse(bodies[0] ?? 'null');
  };
  const ofMarket = `market_id=${market.id}`;
  const [asset] = venue.assets;
  return new Map<string, readonly unknown[]>([
    ...byAction(frames),
    ['/v1/markets', [get('/v1/markets')]],
    ['/v1/depth', [get(`/v1/depth?${ofMarket}&precision=10`)]],
    ['/v1/trades', [get(`/v1/trades?${ofMarket}&count=50`)]],
    ['/v1/orders', [get(`/v1/orders?${ofMarket}&contract=${ACCOUNT}&count=200`)]],
    ['/v1/balance', [get(`/v1/balance?asset_id=${asset?.id}&contract=${ACCOUNT}`)]],
    ['an error', [get('/v1/depth?market_id=0x00')]],
  ]);
}

const STAMPS = '"onchain_timestamp":"1774483200","seen_timestamp":"1774483200123456789"';
const UNSTAMPED = '"onchain_timestamp":null,"seen_timestamp":"1774483202123456789"';
const SIDES = '"buys":[{"price":"19990000","quantity":"500000000000"}],"sells":[{"price":"20010000","quantity":"3"}]';
const IDENTITY = `{"ContractId":"${ID}"}`;
/** Ids are numbers, or made of those of both orders. */
const trade = (timestamp: string): string =>
  `{"trade_id":"${timestamp.startsWith('"') ? '42' : '0x0a/0x0b'}","side":"Buy","total":"2000000000","quantity":"100000000000","price":"20000000","timestamp":${timestamp}}`;
const order = (type: string, timestamp: string): string =>
  `{"order_id":"${ID}","side":"Buy","order_type":${type},"quantity":"100000000000","quantity_fill":"40000000000"` +
  `,"price":"19990000","price_fill":"19990000","timestamp":${timestamp},"close":false,"partially_filled":true` +
  ',"cancel":false,"desired_quantity":{"Base":{"remaining_quantity":60000000000}}' +
  `,"market_id":"${ID}","base_decimals":9,"account":${IDENTITY}}`;
const orders = [
  order('"Spot"', '"1774483200"'),
  order('{"Limit":[20010000,1774483203]}', '1774483203'),
  order('{"BoundedMarket":{"max_price":20030000,"min_price":0}}', '1774483203'),
].join();
/** What an order need not say, by the types of the server: where it is, and what it has not yet or no more. */
const maybe = ['price_fill', 'desired_quantity', 'order_type.Limit', 'order_type.BoundedMarket'];
const maybeHere = [...maybe, 'market_id', 'base_decimals', 'account'];
const BALANCE =
  `"total_locked":"2000000000","total_unlocked":"34878720000","trading_account_balance":"25000000000","order_books":` +
  `{"${ID}":{"locked":"2000000000","unlocked":"34878720000","fee":"500000"}}`;
const ASSET = `{"symbol":"ETH","asset":"${ID}","decimals":9,"max_precision":4}`;

const cases: readonly (readonly [name: string, frames: readonly string[], more?: Omit<Captured, 'frames'>])[] = [
  ['subscribe_depth', [`{"action":"subscribe_depth","view":{"precision":1,${SIDES}},"market_id":"${ID}"}`]],
  ['subscribe_depth_view', [`{"action":"subscribe_depth_view","view":{"precision":1,${SIDES}},"market_id":"${ID}"}`]],
  [
    'subscribe_depth_update',
    [STAMPS, UNSTAMPED].map(
      (stamps) => `{"action":"subscribe_depth_update","changes":{${SIDES}},"market_id":"${ID}",${stamps}}`,
    ),
  ],
  [
    'subscribe_trades',
    [STAMPS, UNSTAMPED].map(
      (stamps) =>
        `{"action":"subscribe_trades","trades":[${trade('"1774483200123"')},${trade('1774483201000')}],"market_id":"${ID}",${stamps}}`,
    ),
  ],
  [
    'subscribe_orders',
    [STAMPS, UNSTAMPED].map((stamps) => `{"action":"subscribe_orders","orders":[${orders}],${stamps}}`),
    { optional: maybeHere.map((name) => `orders[].${name}`) },
  ],
  [
    'subscribe_balances',
    [STAMPS, UNSTAMPED].map(
      (stamps) =>
        `{"action":"subscribe_balances","balance":[{"identity":${IDENTITY},"asset_id":"${ID}",${BALANCE}}],${stamps}}`,
    ),
    { optional: ['balance[].order_books.by id'] },
  ],
  [
    'subscribe_nonce',
    ['"42"', '"0x2a"', '42'].flatMap((nonce) =>
      [STAMPS, UNSTAMPED].map(
        (stamps) => `{"action":"subscribe_nonce","contract_id":"${ID}","nonce":${nonce},${stamps}}`,
      ),
    ),
  ],
  [
    '/v1/markets',
    [
      `{"books_registry_id":"${ID}","accounts_registry_id":"${ID}","trade_account_oracle_id":"${ID}","chain_id":"0x0"` +
        `,"base_asset_id":"${ID}","markets":[{"contract_id":"${ID}","market_id":"${ID}","maker_fee":"0","taker_fee":"100"` +
        `,"min_order":"1000000000","dust":"1000","price_window":0,"base":${ASSET},"quote":${ASSET}}]}`,
    ],
  ],
  ['/v1/depth', [`{"action":"depth","orders":{${SIDES}},"market_id":"${ID}"}`]],
  ['/v1/trades', [`[${trade('"1774483200123"')},${trade('1774483201000')}]`]],
  [
    '/v1/orders',
    // Without `0x`, as some answers are.
    [`{"identity":${IDENTITY},"market_id":"${'c0c5'.repeat(16)}","orders":[${orders}]}`],
    { optional: maybe.map((name) => `orders[].${name}`) },
  ],
  ['/v1/balance', [`{${BALANCE}}`]],
  ['an error', ['{"code":2000,"message":"Market not found"}']],
];

describe('what a simulated O2 sends', () => {
  const heard = traded();

  it.each(cases.map(([name, frames, more]) => [name, captured(frames, more)] as const))(
    'has the keys and the kinds of values of what the venue does: %s',
    (name, known) => {
      expect(strangeIn(heard.get(name) ?? [], known)).toEqual([]);
    },
  );
});
