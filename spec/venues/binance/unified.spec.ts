import { VirtualTimeScheduler } from 'rxjs';
import { type Fault, RequestFailedError, type Trade } from '../../../lib/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance } from '../../../lib/venues/binance/index.js';

const filters = [
  { filterType: 'PRICE_FILTER', tickSize: '0.01' },
  { filterType: 'LOT_SIZE', stepSize: '0.001' },
];
const symbol = (base: string, quote: string, more: object = {}): object => ({
  symbol: `${base}${quote}`,
  status: 'TRADING',
  baseAsset: base,
  quoteAsset: quote,
  filters,
  ...more,
});
const list = { symbols: [symbol('BTC', 'USDT'), symbol('BTC', 'USDC'), symbol('ETH', 'USDT', { symbol: 'ETHUSDT2' })] };

const rig = (answers: readonly unknown[] = [list]) => {
  const scheduler = new VirtualTimeScheduler(undefined, 1_000);
  let asked = 0;
  const network = fakeNetwork({
    onOpening: (wire) =>
      scheduler.schedule(() => {
        wire.open();
      }),
    onRequested: (one) => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer instanceof RequestFailedError) one.fail(answer);
      else one.respond(answer);
      return undefined;
    },
  });
  const exchange = binance({ network, scheduler, random: () => 0.5 });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const pass = (ms: number): void => {
    scheduler.maxFrames += ms;
    scheduler.flush();
  };
  const sent = (): readonly string[] => network.wires.flatMap((wire) => wire.sent);
  return { network, exchange, faults, pass, sent };
};
const errorOf = (one: ReturnType<typeof rig>, name: string): unknown => {
  let found: unknown;
  one.exchange.trades(name).subscribe({ error: (error: unknown) => (found = error) });
  one.pass(1_000);
  return found;
};

describe('a unified name', () => {
  it('is taken beside the own one, and is the same stream, whose values have the own name', () => {
    const { exchange, network, pass, sent } = rig();
    const told: Trade[] = [];
    exchange.trades('BTC/USDT').subscribe((trade) => told.push(trade));
    exchange.trades('BTCUSDT').subscribe((trade) => told.push(trade));
    exchange.trades('btc/usdt').subscribe();
    pass(1_000);

    expect(sent()).toEqual([expect.stringContaining('"params":["btcusdt@trade"]')]);
    expect(network.requests).toHaveLength(1);
    const data = { e: 'trade', E: 1, s: 'BTCUSDT', t: 1, p: '1', q: '1', T: 1, m: true };
    network.wires[0]?.receive(JSON.stringify({ stream: 'btcusdt@trade', data }));
    expect(told.map(({ instrument }) => instrument)).toEqual(['BTCUSDT', 'BTCUSDT']);
  });

  it('leads wherever the list says, not where the letters do', () => {
    const { exchange, pass, sent } = rig();
    exchange.quotes('ETH/USDT').subscribe();
    pass(1_000);
    expect(sent()).toEqual([expect.stringContaining('"params":["ethusdt2@bookTicker"]')]);
  });

  it('is refused where there is none of it, with what may have been meant', () => {
    const one = rig();
    expect(errorOf(one, 'BTC/EUR')).toMatchObject({
      name: 'SubscriptionRefusedError',
      channel: 'BTC/EUR',
      candidates: ['BTC/USDT', 'BTC/USDC'],
      message: 'binance refused BTC/EUR: the list has no such instrument; near it are BTC/USDT, BTC/USDC',
    });
    expect(one.faults).toMatchObject([{ type: 'refused', channel: 'BTC/EUR' }]);
    // What is listed meanwhile is found by who asks again.
    errorOf(one, 'BTC/EUR');
    expect(one.network.requests).toHaveLength(2);
  });

  it('is refused where there are several of it, unless one of them trades only', () => {
    const twice = (status: string) =>
      rig([{ symbols: [symbol('BTC', 'USDT'), symbol('BTC', 'USDT', { symbol: 'BTC2', status })] }]);
    expect(errorOf(twice('TRADING'), 'BTC/USDT')).toMatchObject({
      candidates: ['BTCUSDT', 'BTC2'],
      message: 'binance refused BTC/USDT: several instruments are called so: BTCUSDT, BTC2',
    });
    const one = twice('BREAK');
    expect(errorOf(one, 'BTC/USDT')).toBeUndefined();
    expect(one.sent()).toEqual([expect.stringContaining('btcusdt@trade')]);
  });

  it('waits until the list is there', () => {
    const one = rig([new RequestFailedError('no line'), list]);
    expect(errorOf(one, 'BTC/USDT')).toBeUndefined();
    expect(one.faults).toMatchObject([
      { type: 'snapshot', channel: 'BTC/USDT', attempt: 1, message: 'BTC/USDT: request failed: no line' },
    ]);
    expect(one.sent()).toHaveLength(1);
  });

  it('is left where the exchange is closed meanwhile', () => {
    const one = rig([new RequestFailedError('no line')]);
    let isOver = false;
    one.exchange.trades('BTC/USDT').subscribe({ complete: () => (isOver = true) });
    one.pass(1_000);
    one.exchange.close();
    expect(isOver).toBe(true);
  });

  it('names a book to be counted and mended, too', () => {
    const { exchange, pass } = rig();
    expect(exchange.tally('BTC/USDT')).toBeUndefined();
    exchange.resync('BTC/USDT');
    exchange.book('BTC/USDT').subscribe();
    pass(1_000);
    expect(exchange.tally('BTC/USDT')).toBe(exchange.tally('BTCUSDT'));
    expect(exchange.tally('BTC/USDT')).toBeDefined();
  });
});

describe('the list', () => {
  it('is asked for once an hour, and once for all who want it at once', () => {
    const { exchange, network, pass } = rig();
    exchange.instruments().subscribe();
    exchange.instrument('BTC/USDT').subscribe();
    pass(1_000);
    const told: unknown[] = [];
    exchange
      .instrument('btcusdt')
      .subscribe({ next: ({ name }) => told.push(name), complete: () => told.push('over') });
    expect(told).toEqual(['BTCUSDT', 'over']);
    expect(network.requests).toHaveLength(1);
    // Time is proved by timers.
    exchange.trades('BTCUSDT').subscribe();
    pass(3_600_000);
    exchange.instruments().subscribe();
    expect(network.requests).toHaveLength(2);
  });
});
