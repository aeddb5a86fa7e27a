import { VirtualTimeScheduler, from } from 'rxjs';
import { dxlinkTable } from '../../../lib/cli/venues/dxlinkTable.js';
import { dxlinkVenue } from '../../../lib/cli/venues/dxlink.js';
import { optionChain, type OptionChain } from '../../../lib/operators/optionChain.js';
import { simulatedDxLink } from '../../../lib/simulation/index.js';
import { optionContractOf, type DxLinkEvent, type DxLinkQuote } from '../../../lib/venues/dxlink/index.js';
import { quoteOf } from '../../../lib/venues/dxlink/market/quotes.js';

const quote = (instrument: string, bidPrice: number, askPrice: number): DxLinkQuote =>
  quoteOf({ event: 'Quote', instrument, receivedTime: 1, bidPrice, askPrice, bidSize: 3, askSize: undefined });

describe('the board of dxLink on the command line', () => {
  let chain: OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>> = [];
  const values: (DxLinkQuote | DxLinkEvent<'Greeks'>)[] = [
    quote('.AAPL261218C195', 3, 3.1),
    { event: 'Greeks', instrument: '.AAPL261218C195', receivedTime: 1, delta: 0.51234 },
  ];
  from(values)
    .pipe(optionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>({ contractOf: optionContractOf }))
    .subscribe((latest) => (chain = latest));

  it('shows quotes, below them the chain, and a dash for what the venue has not', () => {
    const view = dxlinkTable({
      symbols: ['AAPL', 'NONE'],
      quotes: new Map([['AAPL', quote('AAPL', 196.1, 196.12)]]),
      trades: new Map(),
      chain,
    });

    expect(view.status).toBe('1 of 2 live');
    expect(view.rows).toEqual([
      ['AAPL', '3', '196.1', '196.12', '–', '–', '–'],
      ['NONE', '–', '–', '–', '–', '–', '–'],
      [],
      ['strike', 'call bid', 'ask', 'delta', 'put bid', 'ask', 'delta'],
      ['195', '3', '3.1', '0.512', '–', '–', '–'],
    ]);
    expect(view.json).toMatchObject({
      quotes: { AAPL: { bid: 196.1, ask: 196.12 } },
      chain: [{ expiration: '261218', strike: 195, call: { bid: 3, delta: 0.51234 }, put: undefined }],
    });
  });

  it('gives trades and candles in the library’s words', () => {
    const scheduler = new VirtualTimeScheduler();
    const { network } = simulatedDxLink({ scheduler, latency: 1 });
    const feed = dxlinkVenue.open({ market: 'data', network, scheduler });
    const trades: unknown[] = [];
    feed.trades('AAPL').subscribe((trade) => trades.push(trade));
    scheduler.maxFrames = 10_000;
    scheduler.flush();
    feed.close();

    expect(trades[0]).toMatchObject({
      instrument: 'AAPL',
      id: expect.stringMatching(/^\d+$/) as string,
      side: expect.stringMatching(/^(buy|sell)$/) as string,
    });
  });
});
