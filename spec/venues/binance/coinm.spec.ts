import type { BookState } from '../../../lib/index.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = () => venueRig((outside) => binance({ ...outside, market: 'coinm' }));

describe('COIN-M of Binance', () => {
  it('links its diffs like USD-M, on hosts of its own that are not split', () => {
    const { exchange, wire, network, pass, faults } = rig();
    const states: BookState[] = [];
    exchange.book('btcusd_perp').subscribe((state) => states.push(state));
    pass(10);
    const stream = 'btcusd_perp@depth@100ms';
    const diff = (U: number, u: number, pu: number, size: string): object => ({
      stream,
      data: { e: 'depthUpdate', E: 1, T: 1, s: 'BTCUSD_PERP', ps: 'BTCUSD', U, u, pu, b: [['100.5', size]], a: [] },
    });
    wire().receive(diff(5, 9, 3, '7'));
    pass(10);
    network.requests[0]?.respond({ lastUpdateId: 8, symbol: 'BTCUSD_PERP', bids: [], asks: [], T: 1 });
    wire().receive(diff(12, 15, 9, '8'));

    expect(wire().endpoint.url).toBe('wss://dstream.binance.com/stream');
    expect(network.requests[0]?.request.url).toMatch(
      /^https:\/\/dapi\.binance\.com\/dapi\/v1\/depth\?symbol=BTCUSD_PERP&limit=\d+$/,
    );
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { sequence: 15, bestBid: { size: 8 } } });
    expect(faults).toEqual([]);
  });

  it('tells volumes in base units, not in contracts', () => {
    const { exchange, network, pass } = rig();
    const volumes: unknown[] = [];
    exchange.candles('btcusd_perp', '1m').subscribe(({ exact }) => volumes.push(exact.volume));
    exchange.ticker('btcusd_perp').subscribe(({ exact }) => volumes.push(exact.volume, exact.quoteVolume));
    pass(10);
    const prices = { o: '1', h: '1', l: '1', c: '1', v: '60', q: '0.1' };
    const kline = { t: 1, T: 2, i: '1m', ...prices, n: 1, x: true };

    for (const one of network.wires) {
      one.receive(
        { stream: 'btcusd_perp@kline_1m', data: { e: 'kline', E: 1, s: 'BTCUSD_PERP', k: kline } },
        { stream: 'btcusd_perp@ticker', data: { e: '24hrTicker', E: 1, s: 'BTCUSD_PERP', ...prices } },
      );
    }

    expect(volumes).toEqual(['0.1', '0.1', undefined]);
  });
});
