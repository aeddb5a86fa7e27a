import { filter, firstValueFrom, type Observable } from 'rxjs';
import { o2Venue } from '../../../lib/cli/venues/o2.js';
import { orderTable } from '../../../lib/cli/venues/o2Table.js';
import { recordedO2 } from '../../../lib/cli/venues/recordedO2.js';
import type { TableView } from '../../../lib/cli/view/tableView.js';
import { serve } from '../../../lib/node/serve.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';
import type { RecordedEvent, Recording } from '../../../lib/recording/format.js';

const next = <T>(source$: Observable<T>, is: (value: T) => boolean): Promise<T> =>
  firstValueFrom(source$.pipe(filter(is)));

describe('O2 on the command line', () => {
  it('is watched over real sockets: its book, quotes, candles, orders and balances', async () => {
    const simulated = o2Venue.simulate({ market: 'mainnet', seed: 1, faults: '' });
    const served = await serve(simulated);
    const feed = o2Venue.open({ market: 'mainnet', network: wsNetwork(), url: `${served.url}/v1/ws` });
    const table = (channel: 'orders' | 'balances'): Observable<TableView> => {
      const table$ = feed.table?.('ETH/USDT', channel);
      if (table$ === undefined) throw new Error('there is no table');
      return table$;
    };
    try {
      const [book, quote, candle, orders, balances] = await Promise.all([
        next(feed.book('ETH/USDT'), ({ status }) => status === 'live'),
        next(feed.quotes('ETH/USDT'), ({ bid }) => bid !== undefined),
        next(feed.candles('ETH/USDT', '1m'), ({ volume }) => volume > 0),
        next(table('orders'), ({ status, rows }) => status === 'live' && rows.length > 0),
        next(table('balances'), ({ status }) => status === 'live'),
      ]);

      expect(book.status).toBe('live');
      expect(quote.ask?.price).toBeGreaterThan(quote.bid?.price ?? Infinity);
      expect(candle.interval).toBe('1m');
      expect(orders.columns.map(({ name }) => name)).toEqual([
        ...['order', 'market', 'side', 'type', 'status', 'price', 'size', 'filled'],
      ]);
      expect(orders.json['orders']).toHaveLength(orders.rows.length);
      expect(balances.rows.map(([asset]) => asset)).toContain('BTC');
    } finally {
      feed.close();
      await served.close();
      simulated.close();
    }
  });

  it('says so while there is nothing to show', () => {
    expect(orderTable({ status: 'syncing' })).toMatchObject({ status: 'syncing', rows: [] });
    expect(orderTable({ status: 'stale', value: [], reason: 'closed', since: 0 }).summary).toBe(
      'orders stale: closed, 0 rows',
    );
  });

  it('takes the faults of O2', () => {
    expect(() => {
      o2Venue.checkFaults('negativeSizes@5s/10s,missingSide@1s,otherMarket@2s');
    }).not.toThrow();
    expect(() => {
      o2Venue.checkFaults('nonsense@5s');
    }).toThrow('there is no fault named nonsense');
  });

  it.each([
    ['{"action":"subscribe_depth","view":{},"market_id":"0x1"}', { type: 'depth', instrument: '0x1' }],
    ['{"action":"subscribe_depth_update","changes":{},"market_id":"0x1"}', { type: 'depth', instrument: '0x1' }],
    ['{"action":"subscribe_depth_view","view":{},"market_id":"0x1"}', { type: 'other', name: 'subscribe_depth_view' }],
    ['{"action":"trades","trades":[],"market_id":"0x1"}', { type: 'trade', instrument: '0x1' }],
    ['{"action":"subscribe_orders","orders":[]}', { type: 'other', name: 'subscribe_orders' }],
    ['PONG', { type: 'other', name: 'PONG' }],
    ['{"code":1}', { type: 'other', name: 'other' }],
  ])('tells of a recording what a frame is: %s', (frame, kind) => {
    expect(recordedO2.kindOf(frame)).toEqual(kind);
  });

  it('answers the pings of a replay', () => {
    expect([recordedO2.reply('PING'), recordedO2.reply('{}')]).toEqual(['PONG', undefined]);
  });

  it('finds a market of a recording by the name that people have for it, in whatever list can be read', () => {
    const market = { market_id: '0xaa', base: { symbol: 'ETH' }, quote: { symbol: 'USDC' } };
    const answer = (body: string, url = 'https://api.o2.app/v1/markets'): RecordedEvent => ({
      at: 0,
      kind: 'http',
      url,
      status: 200,
      body,
    });
    const recording: Recording = {
      header: { recording: 1, venue: 'o2', capturedAt: '2026-11-30T00:00:00Z', url: '', sent: [], sockets: [] },
      events: [
        answer('<html>'),
        answer(JSON.stringify({ markets: [market, { market_id: '0xbb', base: { symbol: 'BTC' } }, 7] })),
        answer(JSON.stringify({ markets: [{ ...market, market_id: '0xcc' }] }), 'https://api.o2.app/v1/markets/other'),
      ],
    };

    expect(recordedO2.namesIn?.(recording)).toEqual(new Map([['ETH/USDC', '0xaa']]));
  });
});
