import { crc32 } from 'node:zlib';
import { VirtualTimeScheduler } from 'rxjs';
import type { SimulatedVenue } from '../../lib/simulation/index.js';
import { simulatedCoinbase, simulatedKraken, simulatedOkx } from '../../lib/simulation/index.js';

type Row = Readonly<Record<string, unknown>>;

/** What a simulated venue sends to a client that only asks, within ten seconds. */
function heard(
  make: (scheduler: VirtualTimeScheduler) => SimulatedVenue,
  url: string,
  ...asked: readonly object[]
): readonly string[] {
  const scheduler = new VirtualTimeScheduler(undefined, 10_000);
  const texts: string[] = [];
  make(scheduler)
    .network.open({ url })
    .subscribe((wire) => {
      wire.messages.subscribe((text) => texts.push(text));
      for (const one of asked) wire.send(JSON.stringify(one));
    });
  scheduler.flush();
  return texts;
}

const config = { seed: 1, instruments: ['BTCUSDT'] };
const strip = (digits: string): string => digits.replace('.', '').replace(/^0+/, '');

it('a simulated Kraken sums the ten best of the depth that was asked for, digit by digit', () => {
  const book = { bids: new Map<string, string>(), asks: new Map<string, string>() };
  const frames = heard((scheduler) => simulatedKraken({ ...config, scheduler }), 'wss://ws.kraken.com/v2', {
    method: 'subscribe',
    params: { channel: 'book', symbol: ['BTC/USDT'], depth: 10 },
  }).filter((text) => text.startsWith('{"channel":"book"'));
  const sums = frames.map((text) => {
    for (const side of ['bids', 'asks'] as const) {
      const rows = new RegExp(`"${side}":\\[([^\\]]*)\\]`).exec(text)?.[1] ?? '';
      for (const [, price = '', qty = ''] of rows.matchAll(/"price":([\d.]+),"qty":([\d.]+)/g)) {
        if (Number(qty) === 0) book[side].delete(price);
        else book[side].set(price, qty);
      }
      const away = side === 'bids' ? -1 : 1;
      const best = [...book[side]].sort(([a], [b]) => away * (Number(a) - Number(b))).slice(0, 10);
      book[side] = new Map(best);
    }
    const digits = [...book.asks, ...book.bids].map(([price, qty]) => strip(price) + strip(qty)).join('');
    return [crc32(digits), Number(/"checksum":(\d+)/.exec(text)?.[1])];
  });

  expect(sums.length).toBeGreaterThan(20);
  expect(sums.map(([ours]) => ours)).toEqual(sums.map(([, theirs]) => theirs));
});

it('a simulated OKX links each update to the one before', () => {
  const rows = heard((scheduler) => simulatedOkx({ ...config, scheduler }), 'wss://ws.okx.com:8443/ws/v5/public', {
    op: 'subscribe',
    args: [{ channel: 'books', instId: 'BTC-USDT' }],
  }).flatMap((text) =>
    text.startsWith('{') ? ((JSON.parse(text) as { readonly data?: readonly Row[] }).data ?? []) : [],
  );

  expect(rows.length).toBeGreaterThan(20);
  expect(rows.map(({ prevSeqId }) => prevSeqId)).toEqual([-1, ...rows.slice(0, -1).map(({ seqId }) => seqId)]);
});

it('a simulated Coinbase counts all frames of a connection, from 0', () => {
  const ask = (channel: string): object => ({ type: 'subscribe', channel, product_ids: ['BTC-USDT'] });
  const frames = heard(
    (scheduler) => simulatedCoinbase({ ...config, scheduler }),
    'wss://advanced-trade-ws.coinbase.com',
    ask('level2'),
    ask('market_trades'),
  ).map((text) => JSON.parse(text) as Row);

  expect(new Set(frames.map(({ channel }) => channel)).size).toBeGreaterThan(2);
  expect(frames.map(({ sequence_num }) => sequence_num)).toEqual(frames.map((_, i) => i));
});
