import { VirtualTimeScheduler, tap } from 'rxjs';
import type { Network } from '../../../lib/network/network.js';
import { parseFaults, simulatedDxLink } from '../../../lib/simulation/index.js';
import { dxlink, type DxLinkEvent } from '../../../lib/venues/dxlink/index.js';
import { describeWithPage, schemaOf } from '../../support/dxlinkPage.js';

const START = 1_750_000_000_000;

/** The same network, every frame of both sides written down. */
function overheard(network: Network, said: { client: string[]; server: string[] }): Network {
  return {
    ...network,
    open: (endpoint) =>
      network.open(endpoint).pipe(
        tap((wire) => {
          const { send } = wire;
          wire.messages.subscribe((text) => said.server.push(text));
          wire.send = (text) => {
            said.client.push(text);
            send(text);
          };
        }),
      ),
  };
}

describeWithPage('every frame that either side sends', () => {
  it.each([
    ['COMPACT', false],
    ['COMPACT', true],
    ['FULL', false],
  ] as const)('validates against the published schema: %s, several types a frame: %s', (dataFormat, mixesTypes) => {
    const scheduler = new VirtualTimeScheduler();
    scheduler.now = () => START + scheduler.frame;
    const faults = parseFaults('channelClosed@20s,authExpired@30s,closeCleanly=1012@40s,configFewerFields@0s');
    const venue = simulatedDxLink({ scheduler, mixesTypes, rowsPerFrame: 20, faults, tokens: () => Infinity });
    const said = { client: [] as string[], server: [] as string[] };
    const network = overheard(venue.network, said);
    const exchange = dxlink({ network, scheduler, dataFormat, credentials: () => [{ token: 'quote-token' }] });
    const seen = new Set<string>();
    const note = ({ event }: Pick<DxLinkEvent, 'event'>): unknown => seen.add(event);
    const option = '.AAPL250117C195';

    exchange.quotes('AAPL').subscribe(note);
    exchange.quotes('SPX').subscribe(note);
    exchange.trades('AAPL').subscribe(note);
    exchange.summaries('AAPL').subscribe(note);
    exchange.profiles('AAPL').subscribe(note);
    exchange.underlyings('AAPL').subscribe(note);
    exchange.greeks(option).subscribe(note);
    exchange.theoPrices(option).subscribe(note);
    exchange.timeAndSales('AAPL').subscribe(note);
    exchange.messages('AAPL').subscribe(note);
    exchange.series('AAPL').subscribe((state) => state.status === 'live' && state.value.rows.forEach(note));
    exchange
      .timeAndSalesSince('AAPL', 0)
      .subscribe((state) => state.status === 'live' && state.value.rows.forEach(note));
    exchange
      .candlesSince('AAPL', '1m', START - 600_000)
      .subscribe((state) => state.status === 'live' && state.value.rows.forEach(note));
    const book: string[] = [];
    exchange.book('AAPL').subscribe(({ status }) => book.push(status));
    exchange.dom('AAPL', { depthLimit: 3 }).subscribe(({ status }) => book.push(status));
    const gone = exchange.quotes('SPY').subscribe();
    scheduler.maxFrames = 15_000;
    scheduler.flush();
    gone.unsubscribe();
    scheduler.maxFrames = 100_000;
    scheduler.flush();
    exchange.close();

    const types = (texts: readonly string[]): string[] =>
      [...new Set(texts.map((text) => (JSON.parse(text) as { type: string }).type))].sort();
    expect(said.client.map(schemaOf('ClientMessage')).filter((wrong) => wrong !== undefined)).toEqual([]);
    expect(said.server.map(schemaOf('ServerMessage')).filter((wrong) => wrong !== undefined)).toEqual([]);
    expect(types(said.client)).toEqual([
      ...['AUTH', 'CHANNEL_CANCEL', 'CHANNEL_REQUEST', 'DOM_SETUP', 'FEED_SETUP', 'FEED_SUBSCRIPTION', 'KEEPALIVE'],
      'SETUP',
    ]);
    expect(types(said.server)).toEqual([
      ...['AUTH_STATE', 'CHANNEL_CLOSED', 'CHANNEL_OPENED', 'DOM_CONFIG', 'DOM_SNAPSHOT', 'ERROR', 'FEED_CONFIG'],
      ...['FEED_DATA', 'SETUP'],
    ]);
    expect([...seen].sort()).toEqual([
      ...['Candle', 'Greeks', 'Profile', 'Quote', 'Series', 'Summary', 'TheoPrice', 'TimeAndSale', 'Trade'],
      'Underlying',
    ]);
    expect(new Set(book)).toEqual(new Set(['syncing', 'live', 'stale']));
  });
});
