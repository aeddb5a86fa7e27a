import { firstValueFrom, map, take, toArray } from 'rxjs';
import { type Instrument, SubscriptionRefusedError } from '../../../lib/index.js';
import { compareDecimals, floorToStep } from '../../../lib/book/decimals.js';
import { simulatedO2 } from '../../../lib/simulation/index.js';
import { o2 } from '../../../lib/venues/o2/index.js';
import { Clock } from '../../support/fakeVenue.js';
import { MARKET, rig } from './rig.js';

/** The market of the fixtures that o2-exchange/sdks tests its adapters with: 4 decimals of a size, 3 of a price. */
const FUEL = {
  contract_id: `0x${'2'.repeat(64)}`,
  market_id: `0x${'3'.repeat(64)}`,
  maker_fee: '0',
  taker_fee: '10',
  min_order: '1000000',
  dust: '0',
  price_window: 0,
  base: { symbol: 'FUEL', asset: `0x${'4'.repeat(64)}`, decimals: 9, max_precision: 4 },
  quote: { symbol: 'USDC', asset: `0x${'5'.repeat(64)}`, decimals: 6, max_precision: 3 },
};
const listing = (...markets: readonly unknown[]) =>
  rig({ markets: undefined, rest: (path) => (path === '/v1/markets' ? JSON.stringify({ markets }) : undefined) });
const without = { ...FUEL, market_id: '0xee', quote: { ...FUEL.quote, symbol: 'EE', max_precision: undefined } };

describe('the instruments of O2', () => {
  it('are its markets, with what an order may say as tick and lot', () => {
    const { exchange, pass } = listing(FUEL);
    const heard: (readonly Instrument[])[] = [];
    exchange.instruments().subscribe((list) => heard.push(list));
    pass(1);

    expect(heard).toEqual([
      [
        {
          name: FUEL.market_id,
          unified: 'FUEL/USDC',
          kind: 'spot',
          base: 'FUEL',
          quote: 'USDC',
          tick: '0.001',
          lot: '0.0001',
          isTrading: true,
          status: 'listed',
        },
      ],
    ]);
  });

  it('are asked for once an hour, and errors where they can’t be had', () => {
    const { exchange, network, pass } = listing(FUEL);
    const errors: unknown[] = [];
    const ask = (): void => {
      exchange.instruments().subscribe({ error: (error: unknown) => errors.push(error) });
      pass(1);
    };
    ask();
    ask();
    pass(3_500_000);
    ask();
    expect(network.requests).toHaveLength(1);
    pass(100_000);
    ask();
    expect(network.requests).toHaveLength(2);
    expect(errors).toEqual([]);

    const failing = rig({ markets: undefined });
    failing.exchange.instruments().subscribe({ error: (error: unknown) => errors.push(error) });
    failing.network.requests[0]?.respond('{"markets":7}');
    failing.pass(1);
    expect(errors).toMatchObject([{ name: 'RequestFailedError' }]);
  });

  it('leave out what the venue tells no precision of, or none that can be read; its books go on', () => {
    const odd = { ...FUEL, market_id: '0xdd', base: { ...FUEL.base, symbol: 'DD', max_precision: 'four' } };
    const { exchange, faults, pass, said } = listing(FUEL, without, odd);
    const heard: (readonly Instrument[])[] = [];
    exchange.instruments().subscribe((list) => heard.push(list));
    exchange.book('0xdd').subscribe();
    pass(10);

    expect(heard[0]?.map(({ name }) => name)).toEqual([FUEL.market_id]);
    expect(faults.map(({ type }) => type)).toEqual(['decode']);
    expect(said()).toContain('subscribe_depth');
  });

  it('are had one by one, by id or pair in any case, as its other methods take them', () => {
    const { exchange, pass } = listing(FUEL, without);
    const heard: unknown[] = [];
    const errors: unknown[] = [];
    for (const name of ['fuel/usdc', FUEL.market_id.toUpperCase(), 'FUEL/EE', 'XX/YY'])
      exchange.instrument(name).subscribe({
        next: ({ unified, tick }) => heard.push([unified, tick]),
        error: (error: unknown) => errors.push(error),
      });
    pass(2_000);

    expect(heard).toEqual([
      ['FUEL/USDC', '0.001'],
      ['FUEL/USDC', '0.001'],
    ]);
    expect(errors).toEqual([expect.any(SubscriptionRefusedError), expect.any(SubscriptionRefusedError)]);
    expect(errors.map(String)).toEqual([
      expect.stringContaining('decimals'),
      expect.stringContaining('no such market'),
    ]);
  });

  it('name what the books of the venue name', () => {
    const { exchange, pass } = rig();
    const names: string[] = [];
    exchange.instrument('ETH/USDC').subscribe(({ name }) => names.push(name));
    pass(1);
    expect(names).toEqual([MARKET]);
  });

  it('step as the simulated venue does: its trades lie on tick and lot', async () => {
    const scheduler = new Clock();
    const exchange = o2({ network: simulatedO2({ scheduler, seed: 3 }).network, scheduler });
    const instruments = firstValueFrom(exchange.instruments());
    const traded = firstValueFrom(
      exchange.trades('BTC/USDT').pipe(
        map(({ exact }) => exact),
        take(50),
        toArray(),
      ),
    );
    scheduler.advance(120_000);
    const one = (await instruments).find(({ unified }) => unified === 'BTC/USDT');
    expect(one).toMatchObject({ tick: '0.01', lot: '0.00001' });
    const { tick = '', lot = '' } = one ?? {};
    for (const { price, size } of await traded) {
      expect(compareDecimals(floorToStep(price, tick), price)).toBe(0);
      expect(compareDecimals(floorToStep(size, lot), size)).toBe(0);
    }
  });
});
