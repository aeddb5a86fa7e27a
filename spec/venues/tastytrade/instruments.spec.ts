import { VirtualTimeScheduler, firstValueFrom, of } from 'rxjs';
import { type Fault, InvalidArgumentError } from '../../../lib/index.js';
import { simulatedTastytrade } from '../../../lib/simulation/index.js';
import { fakeNetwork, response } from '../../../lib/testing/index.js';
import { type TastytradeInstrument, type TastytradeOptions, tastytrade } from '../../../lib/venues/tastytrade/index.js';

/** As the guide "Instruments" of the developer site shows them. */
const SPY = {
  id: 27854,
  symbol: 'SPY',
  'instrument-type': 'Equity',
  'is-index': false,
  'listed-market': 'ARCX',
  'is-closing-only': false,
  active: true,
  'is-fractional-quantity-eligible': true,
  'streamer-symbol': 'SPY',
  'tick-sizes': [{ value: '0.0001', threshold: '1.0' }, { value: '0.01' }],
  'option-tick-sizes': [{ value: '0.01' }],
};
const SPX = {
  id: 17702,
  symbol: 'SPX',
  'instrument-type': 'Equity',
  'is-index': true,
  active: false,
  'streamer-symbol': 'SPX',
  'option-tick-sizes': [{ value: '0.05', threshold: '3.0' }, { value: '0.1' }],
};
const SPY_CALL = {
  symbol: 'SPY   230731C00393000',
  'instrument-type': 'Equity Option',
  active: true,
  'strike-price': '393.0',
  'root-symbol': 'SPY',
  'underlying-symbol': 'SPY',
  'expiration-date': '2023-07-31',
  'shares-per-contract': 100,
  'option-type': 'C',
  'expires-at': '2023-07-31T20:15:00.000+00:00',
  'is-closing-only': false,
  'streamer-symbol': '.SPY230731C393',
};
const ESU3 = {
  symbol: '/ESU3',
  'product-code': 'ES',
  'tick-size': '0.25',
  active: true,
  'is-closing-only': false,
  'expires-at': '2023-09-15T13:30:00.000+00:00',
  'streamer-symbol': '/ESU23:XCME',
  'tick-sizes': [{ value: '0.25' }],
  'option-tick-sizes': [{ value: '0.05', threshold: '5.0' }, { value: '0.25' }],
};
const ES_PUT = {
  symbol: './ESU3 E1DQ3 230803P3860',
  'underlying-symbol': '/ESU3',
  'product-code': 'ES',
  'strike-price': '3860.0',
  'option-type': 'P',
  'is-closing-only': true,
  active: true,
  'expires-at': '2023-08-03T20:00:00.000+00:00',
  'streamer-symbol': './E1DQ23P3860:XCME',
};
const BTC = {
  id: 1,
  symbol: 'BTC/USD',
  'instrument-type': 'Cryptocurrency',
  'is-closing-only': false,
  active: true,
  'tick-size': '0.01',
  'streamer-symbol': 'BTC/USD:CXTALP',
};
const precisions = {
  items: [
    { 'instrument-type': 'Cryptocurrency', symbol: 'BTC/USD', value: 8, 'minimum-increment-precision': 8 },
    { 'instrument-type': 'Equity', value: 5, 'minimum-increment-precision': 0 },
  ],
};
const DATA: Readonly<Record<string, unknown>> = {
  '/instruments/equities/SPY': SPY,
  '/instruments/equities/SPX': SPX,
  '/instruments/equities/BRK%2FB': { ...SPY, symbol: 'BRK/B', 'is-fractional-quantity-eligible': false },
  '/instruments/equity-options/SPY%20%20%20230731C00393000': SPY_CALL,
  '/instruments/futures/%2FESU3': ESU3,
  '/instruments/future-options/.%2FESU3%20E1DQ3%20230803P3860': ES_PUT,
  '/instruments/cryptocurrencies/BTC%2FUSD': BTC,
  '/instruments/cryptocurrencies/ETH%2FUSD': { ...BTC, symbol: 'ETH/USD' },
  '/instruments/quantity-decimal-precisions': precisions,
};

const PAGE = '<html>404</html>';

function rig(data: Readonly<Record<string, unknown>> = DATA, options: Partial<TastytradeOptions> = {}) {
  const scheduler = new VirtualTimeScheduler();
  const paths: string[] = [];
  const network = fakeNetwork({
    onRequested: (asked) => {
      const path = asked.request.url.replace('https://api.tastyworks.com', '');
      paths.push(path);
      const found = data[path];
      if (found === PAGE) asked.respond(response(PAGE, { status: 404 }));
      else if (found === undefined) asked.respond(response({ error: { code: 'record_not_found' } }, { status: 404 }));
      else asked.respond({ data: found, context: path });
    },
  });
  const exchange = tastytrade({
    accounts: ['5WT00000'],
    login: () => of({ value: 'token', expiresAt: Infinity }),
    network,
    scheduler,
    random: () => 0.5,
    ...options,
  });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const ask = (symbol: string) => {
    const heard: { values: TastytradeInstrument[]; error?: unknown } = { values: [] };
    exchange.instrument(symbol).subscribe({
      next: (one) => heard.values.push(one),
      error: (error: unknown) => {
        heard.error = error;
      },
    });
    pass(1);
    return heard;
  };
  return { exchange, network, faults, paths, pass, ask };
}

describe('an instrument of tastytrade', () => {
  it.each<readonly [string, Partial<TastytradeInstrument>]>([
    [
      'SPY',
      {
        name: 'SPY',
        unified: 'SPY/USD',
        kind: 'equity',
        base: 'SPY',
        quote: 'USD',
        tick: '0.0001',
        lot: '0.00001',
        isTrading: true,
        status: 'active',
        streamerSymbol: 'SPY',
      },
    ],
    ['BRK/B', { unified: 'BRK/B/USD', kind: 'equity', lot: '1' }],
    [
      'SPY   230731C00393000',
      {
        name: 'SPY   230731C00393000',
        unified: 'SPY/USD:USD-230731-393-C',
        kind: 'option',
        settle: 'USD',
        expiry: Date.UTC(2023, 6, 31, 20, 15),
        strike: '393',
        optionType: 'call',
        tick: '0.01',
        lot: '1',
        streamerSymbol: '.SPY230731C393',
      },
    ],
    [
      '/ESU3',
      {
        unified: 'ES/USD:USD-230915',
        kind: 'future',
        base: 'ES',
        tick: '0.25',
        lot: '1',
        expiry: Date.UTC(2023, 8, 15, 13, 30),
        streamerSymbol: '/ESU23:XCME',
      },
    ],
    [
      './ESU3 E1DQ3 230803P3860',
      {
        unified: 'ES/USD:USD-230803-3860-P',
        kind: 'option',
        optionType: 'put',
        tick: '0.05',
        isTrading: false,
        status: 'closing only',
      },
    ],
    [
      'BTC/USD',
      {
        unified: 'BTC/USD',
        kind: 'spot',
        base: 'BTC',
        quote: 'USD',
        tick: '0.01',
        lot: '0.00000001',
        streamerSymbol: 'BTC/USD:CXTALP',
      },
    ],
  ])('is what the venue tells of %s', (symbol, expected) => {
    expect(rig().ask(symbol).values).toEqual([expect.objectContaining(expected)]);
  });

  it('is asked for again where a page in front of the venue says 404', () => {
    const data: Record<string, unknown> = { ...DATA, '/instruments/futures/%2FESU3': PAGE };
    const { ask, pass } = rig(data);
    const heard = ask('/ESU3');
    data['/instruments/futures/%2FESU3'] = ESU3;
    pass(60_000);
    expect(heard.error).toBeUndefined();
    expect(heard.values).toHaveLength(1);
  });

  it('is asked for once an hour, with the token', () => {
    const { ask, pass, paths, network } = rig();
    ask('/ESU3');
    ask('/ESU3');
    expect(paths).toEqual(['/instruments/futures/%2FESU3']);
    expect(network.requests[0]?.request.headers).toMatchObject({ authorization: 'Bearer token' });
    pass(3_600_000);
    ask('/ESU3');
    expect(paths).toHaveLength(2);
  });

  it.each([
    ['NONE', 'there is no such instrument'],
    ['SPX', 'the venue tells no step of its prices'],
    ['ETH/USD', 'the venue tells no step of its sizes'],
  ])('is refused where it can’t be told: %s', (symbol, text) => {
    const { ask, paths, pass } = rig();
    const { error } = ask(symbol);
    expect(error).toMatchObject({
      name: 'SubscriptionRefusedError',
      message: expect.stringContaining(text) as unknown,
    });
    const { length } = paths;
    pass(60_000);
    expect(paths).toHaveLength(length);
  });

  it('is halted, inactive or to be closed only, as the venue says', () => {
    const states = [{ 'halted-at': '2026-11-29T14:00:00.000+00:00' }, { active: false }, { 'is-closing-only': true }];
    expect(
      states.map((state) => {
        const [one] = rig({ ...DATA, '/instruments/equities/SPY': { ...SPY, ...state } }).ask('SPY').values;
        return [one?.isTrading, one?.status];
      }),
    ).toEqual([
      [false, 'halted'],
      [false, 'inactive'],
      [false, 'closing only'],
    ]);
  });

  it('is asked for again where it can’t be read, and said so', () => {
    const { ask, faults, pass, paths } = rig({ ...DATA, '/instruments/futures/%2FESU3': { symbol: '/ESU3' } });
    expect(ask('/ESU3').values).toEqual([]);
    pass(1_000);
    expect(faults[0]).toMatchObject({ type: 'snapshot', channel: '/ESU3', attempt: 1 });
    expect(paths.length).toBeGreaterThan(1);
  });

  it('needs a name', () => {
    expect(() => rig().exchange.instrument(' ')).toThrow(InvalidArgumentError);
  });

  it('is told by the simulated venue', async () => {
    const scheduler = new VirtualTimeScheduler();
    const venue = simulatedTastytrade({ scheduler });
    const exchange = tastytrade({
      accounts: ['5WT00000'],
      login: { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' },
      network: venue.network,
      scheduler,
    });
    const told = firstValueFrom(exchange.instrument('AAPL'));
    scheduler.maxFrames = 5_000;
    scheduler.flush();
    expect(await told).toMatchObject({ unified: 'AAPL/USD', tick: '0.0001', lot: '0.00001', isTrading: true });
  });
});
