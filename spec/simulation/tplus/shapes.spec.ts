import { VirtualTimeScheduler } from 'rxjs';
import type { HttpRequest } from '../../../lib/network/network.js';
import { simulatedTplus } from '../../../lib/simulation/index.js';
import { captured, type Captured, strangeIn } from '../shapes.js';

// Frames as the tests and models of the venue's own client have them.

type Json = Readonly<Record<string, unknown>>;
const START = Date.UTC(2026, 7, 12);
const USER = '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29';
const ASSET = '82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1';

/** What streams and requests say within a minute. */
function traded(streams: readonly string[], requests: readonly string[]) {
  const scheduler = new VirtualTimeScheduler(undefined, START);
  scheduler.frame = START;
  const venue = simulatedTplus({
    scheduler,
    seed: 1,
    activity: 2,
    latency: 0,
    userActivity: 0.5,
    instruments: ['BTCUSDT', 'ETHUSDT'],
  });
  const all = new Map<string, unknown[]>();
  const note = (name: string, value: unknown): void => {
    all.set(name, [...(all.get(name) ?? []), value]);
  };
  const ask = (path: string, request: Partial<HttpRequest> = {}): Json => {
    let answer: unknown;
    venue.network
      .request({ method: 'GET', url: `https://venue.example${path}`, ...request })
      .subscribe(({ body }) => (answer = JSON.parse(body)));
    scheduler.flush();
    note(path, answer);
    return answer as Json;
  };
  const nonce = ask(`/nonce/${USER}`)['value'];
  const body = JSON.stringify({ user_id: USER, nonce, signature: Array.from({ length: 64 }, () => 1) });
  const token = ask('/auth', { method: 'POST', body })['token'];
  const headers = { Authorization: `Bearer ${String(token)}`, 'User-Id': USER };
  for (const path of streams) {
    venue.network.open({ url: `wss://venue.example${path}`, headers }).subscribe(({ messages }) =>
      messages.subscribe((text) => {
        const frame = JSON.parse(text) as Json;
        const isControl = ['subscriptions', 'ping'].includes(String(frame['type']));
        const isTagged = !Array.isArray(frame) && Object.keys(frame).length === 1;
        note(isControl ? String(frame['type']) : isTagged ? `${path} ${Object.keys(frame)[0] ?? ''}` : path, frame);
      }),
    );
  }
  scheduler.maxFrames = START + 60_000;
  scheduler.flush();
  for (const path of requests) ask(path, { headers });
  return all;
}

const trade = (status: string, asset = ASSET): string =>
  `{"asset_id":"${asset}","trade_id":122519,"order_id":"","price":"3862.36934070","quantity":"0.01000000","timestamp_ns":1761283013888453220,"buyer_is_maker":false,"status":"${status}"}`;
const userTrade =
  '{"asset_id":"200","trade_id":122525,"order_id":"o-1","price":"100.45000000","quantity":"0.10000000","timestamp_ns":1782345603000000000,"is_maker":true,"is_buyer":true,"status":"Pending","rollback_reason":null,"is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"-0.00100450"}';
const rolledBack =
  '{"asset_id":"200","trade_id":122526,"order_id":"o-1","price":"100.45000000","quantity":"0.20000000","timestamp_ns":1782345604000000000,"is_maker":true,"is_buyer":true,"status":"Rollbacked","rollback_reason":"counterparty insolvent","is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"0"}';
const bar =
  '{"open":"1.00000000","high":"1.00200000","low":"0.99900000","close":"1.00100000","volume":"10.50000000","open_timestamp_ns":1744989600000000000,"close_timestamp_ns":1744989660000000000}';
const created = `{"Created":{"user_order":{"signer":"${USER}","order_id":"o-1","base_asset":"200","book_price_decimals":8,"book_quantity_decimals":8,"details":{"Limit":{"limit_price":10045000000,"quantity":125000000,"time_in_force":{"GTC":{"post_only":true}}}},"side":"Buy","trigger":null,"creation_timestamp_ns":1782345600000000000,"target":{"account":1,"is_spot":true},"reduce_only":false,"max_trading_fees_rate":50000,"protocol_version":1},"signature":[191,6,160,2],"book_timestamp_ns":1782345600000100000,"limit_overrides":null,"limit_overrides_signature":null}}`;

const MARKET_STREAMS = ['/marketdepth/diff/200', '/trades', '/trades/events', '/klines/diff/200'];
const USER_STREAMS = ['/orders', `/trades/user/events/${USER}`, `/trades/user/${USER}`, `/account/events/${USER}`];
const REQUESTS = ['/marketdepth/200', '/trades', `/trades/${ASSET}`, '/klines/200?interval=1', '/market/999'];

const cases: readonly (readonly [name: string, frames: readonly string[], more?: Omit<Captured, 'frames'>])[] = [
  ['subscriptions', ['{"type":"subscriptions","channels":[{"name":"marketdepth"}],"errors":null}']],
  ['ping', ['{"type":"ping"}']],
  [
    '/marketdepth/diff/200',
    ['{"bids":[["100.40000000","9.00000000"]],"asks":[["100.50000000","0.00000000"]],"sequence_number":1942}'],
  ],
  [
    '/trades',
    [trade('Confirmed'), `[${trade('Confirmed')}]`, trade('Confirmed', '200'), `[${trade('Confirmed', '200')}]`],
  ],
  ...['Pending', 'Confirmed', 'Rollbacked'].map(
    (status) =>
      [`/trades/events ${status}`, [ASSET, '200'].map((asset) => `{"${status}":${trade(status, asset)}}`)] as const,
  ),
  ['/klines/diff/200', [`[${bar}]`]],
  ['/orders Created', [created, created.replaceAll('"200"', `"${ASSET}"`)]],
  [
    '/orders Canceled',
    ['200', ASSET].map(
      (asset) =>
        `{"Canceled":{"order_id":"o-1","asset_id":"${asset}","user_id":"${USER}","timestamp_ns":1782345605000000000,"reason":null}}`,
    ),
  ],
  [
    '/orders Removed',
    ['200', ASSET].flatMap((asset) =>
      ['null', '"0xdef"'].map(
        (operator) =>
          `{"Removed":{"order_id":"rt6G7V8gRAG4p7lfidkeUw==","asset_id":"${asset}","user_id":"${USER}","timestamp_ns":1750146943779456128,"operator_pubkey":${operator},"reason":"Completed","filled_quantity":100,"filled_amount":200,"confirmed_quantity":100,"confirmed_amount":200,"book_quantity_decimals":8}}`,
      ),
    ),
  ],
  [`/trades/user/events/${USER}`, [userTrade, rolledBack, userTrade.replace('"200"', `"${ASSET}"`)]],
  [`/trades/user/${USER}`, [userTrade, userTrade.replace('"200"', `"${ASSET}"`)]],
  [
    `/account/events/${USER} DepositLanded`,
    [
      `{"DepositLanded":{"user":"${USER}","asset":"200","amount":"1000000000000000000","chain_id":"00000000000000a4b1","deposit_nonce":1,"timestamp_ns":1782345600000000000}}`,
    ],
  ],
  [
    '/marketdepth/200',
    ['{"asks":[["0.99980141","0.01000000"]],"bids":[["0.99970141","0.01000000"]],"sequence_number":1943}'],
  ],
  [`/trades/${ASSET}`, [`[${trade('Confirmed')}]`]],
  [
    '/klines/200?interval=1',
    [
      `{"items":[${bar}],"page":0,"limit":100,"total_pages":1,"cursor_size":1,"has_next_page":false,"next_page":null,"truncated_before_ns":null}`,
    ],
  ],
  [`/nonce/${USER}`, ['{"value":"5f5f","expiry_ns":1786493100000000000}']],
  ['/auth', ['{"token":"opaque","expiry_ns":1786493100000000000}']],
  [
    '/market/999',
    ['{"error":{"code":"MARKET_NOT_FOUND","message":"market not found","details":null,"retryable":false}}'],
  ],
];

describe('what a simulated T+ sends', () => {
  const heard = traded([...MARKET_STREAMS, ...USER_STREAMS], REQUESTS);

  it('is of these kinds', () => {
    expect([...heard.keys()].sort()).toEqual(cases.map(([name]) => name).sort());
  });

  it.each(cases.map(([name, frames, more]) => [name, captured(frames, more)] as const))(
    'has the keys and the kinds of values of what the venue does: %s',
    (name, known) => {
      expect(strangeIn(heard.get(name) ?? [], known)).toEqual([]);
    },
  );
});
