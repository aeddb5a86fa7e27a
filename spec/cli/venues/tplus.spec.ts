import { firstValueFrom, filter, type Observable, VirtualTimeScheduler } from 'rxjs';
import { summarise } from '../../../lib/cli/summary/summarise.js';
import { recordedTplus } from '../../../lib/cli/venues/recordedTplus.js';
import { tplusVenue } from '../../../lib/cli/venues/tplus.js';
import type { TableView } from '../../../lib/cli/view/tableView.js';
import { serve } from '../../../lib/node/serve.js';
import { parseRecording } from '../../../lib/recording/parseRecording.js';
import { recorder } from '../../../lib/recording/recorder.js';
import { simulatedTplus } from '../../../lib/simulation/tplus/simulatedTplus.js';
import { tplus } from '../../../lib/venues/tplus/index.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';
import { trades } from '../../venues/tplus/examples.js';

const next = <T>(source$: Observable<T>, is: (value: T) => boolean): Promise<T> =>
  firstValueFrom(source$.pipe(filter(is)));

describe('T+ on the command line', () => {
  it('is watched over real sockets: signed in, its book, orders, fills and quotes', async () => {
    const simulated = tplusVenue.simulate({ market: 'main', seed: 1, faults: '' });
    const served = await serve(simulated);
    const { url, httpUrl: restUrl } = served;
    const feed = tplusVenue.open({ market: 'main', network: wsNetwork(), url, restUrl });
    const isFull = ({ status, rows }: TableView): boolean => status === 'live' && rows.length > 0;
    try {
      const [book, quote, orders, fills] = await Promise.all([
        next(feed.book('200'), ({ status }) => status === 'live'),
        next(feed.quotes('200'), ({ bid }) => bid !== undefined),
        next(feed.table?.('200', 'orders') ?? firstTable(), isFull),
        next(feed.table?.('200', 'fills') ?? firstTable(), isFull),
      ]);

      expect(book).toMatchObject({ status: 'live', book: { instrument: '200' } });
      expect(quote.instrument).toBe('200');
      expect(orders.columns.map(({ name }) => name)).toEqual(['order', 'asset', 'side', 'price', 'size']);
      expect(orders.summary).toMatch(/^orders live, \d+ rows$/);
      expect(fills.rows[0]).toHaveLength(fills.columns.length);
      expect(fills.json['fills']).toHaveLength(fills.rows.length);
    } finally {
      feed.close();
      await served.close();
      simulated.close();
    }
  });

  it('counts the trades of every market in a recording whose client asked about one', async () => {
    const scheduler = new VirtualTimeScheduler(undefined, 30_000);
    const lines: string[] = [];
    const { network: venue } = simulatedTplus({ seed: 1, scheduler });
    const network = recorder(venue, { sink: (line) => lines.push(line), venue: 'tplus', clock: scheduler });
    const counts: Record<string, number> = {};
    const exchange = tplus({ network, scheduler, random: () => 0.5 });
    exchange.book('200').subscribe();
    exchange.finalizedTrades().subscribe(({ instrument }) => (counts[instrument] = (counts[instrument] ?? 0) + 1));
    scheduler.flush();
    const recording = parseRecording([JSON.stringify(network.header()), ...lines]);

    const { symbols } = await summarise(recording, tplusVenue, { name: 'tplus' });

    const summed = Object.entries(symbols).flatMap(([name, { trades }]) => (trades ? [[name, trades.count]] : []));
    expect(Object.fromEntries(summed)).toEqual(counts);
    expect(Object.keys(counts).length).toBeGreaterThan(1);
  });

  it('takes the faults of T+, and tells of a recording what a frame tells by itself', () => {
    expect(() => {
      tplusVenue.checkFaults('tokenExpired@5s/10s,signInFails=503@1s+5s');
    }).not.toThrow();
    expect(() => {
      tplusVenue.checkFaults('nonsense@5s');
    }).toThrow('there is no fault named nonsense');
    expect(trades.map((text) => recordedTplus.kindOf(text).type)).toEqual(trades.map(() => 'trade'));
    expect(recordedTplus.kindOf('{"bids":[],"asks":[],"sequence_number":1}')).toEqual({ type: 'other', name: 'depth' });
    expect(recordedTplus.isDepthAnswer('https://mds.tplus.cx/marketdepth/200')).toBe(true);
  });
});

function firstTable(): never {
  throw new Error('there is no table');
}
