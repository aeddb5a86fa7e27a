import { type AccountOrder } from '../../../lib/simulation/index.js';
import { random } from '../../../lib/simulation/random.js';
import { SimulatedAccount } from '../../../lib/simulation/accounts/simulatedAccount.js';
import { simulatedMarket } from '../../../lib/simulation/market/simulatedMarket.js';
import { venueMarket } from '../../../lib/simulation/o2/venueMarket.js';
import { VirtualTimeScheduler } from 'rxjs';

function trade(steps: number, seed = 7) {
  const market = simulatedMarket({ seed, scheduler: new VirtualTimeScheduler(), instruments: ['ETHUSDT', 'SOLUSDT'] });
  const instruments = market.symbols.flatMap((symbol) => {
    const instrument = market.instrument(symbol);
    return instrument === undefined ? [] : [venueMarket(instrument)];
  });
  const account = new SimulatedAccount({ random: random(seed), instruments, activity: 0.5 });
  const before = account.balances;
  const states: AccountOrder[] = [];
  for (let step = 0; step < steps; step += 1) {
    market.step();
    states.push(...account.step(step).orders);
  }
  return { account, before, states, instruments };
}

describe('a simulated account', () => {
  it('places orders, has them filled bit by bit, and cancels some', () => {
    const { states } = trade(2_000);
    const kinds = new Set(states.map(({ status }) => status));
    expect([...kinds].sort()).toEqual(['cancelled', 'filled', 'open', 'partial']);
  });

  it('does the same with the same seed', () => {
    expect(trade(300).states).toEqual(trade(300).states);
    expect(trade(300).states).not.toEqual(trade(300, 8).states);
  });

  it('knows its open orders from their states', () => {
    const { account, states } = trade(1_000);
    const latest = new Map(states.map((order) => [order.number, order]));
    const open = [...latest.values()].filter(({ status }) => status === 'open' || status === 'partial');
    const byNumber = (a: AccountOrder, b: AccountOrder): number => a.number - b.number;
    expect([...account.openOrders].sort(byNumber)).toEqual(open.sort(byNumber));
  });

  it('loses and makes nothing but what was bought and sold, and holds back what its open orders may cost', () => {
    const { account, before, states, instruments } = trade(2_000);
    const latest = [...new Map(states.map((order) => [order.number, order])).values()];
    const expected = new Map(
      [...before].map(([asset, { free, locked }]) => [asset, { total: free + locked, locked: 0n }]),
    );
    for (const { symbol, side, tick, lots, filled, paid, status } of latest) {
      const market = instruments.find(({ instrument }) => instrument.spec.symbol === symbol);
      if (market === undefined) throw new Error(symbol);
      const base = expected.get(market.base);
      const quote = expected.get(market.quote);
      if (base === undefined || quote === undefined) throw new Error(symbol);
      const sign = side === 'buy' ? 1n : -1n;
      base.total += sign * market.baseUnits(filled);
      quote.total -= sign * paid;
      if (status === 'filled' || status === 'cancelled') continue;
      if (side === 'buy') quote.locked += market.quoteUnits(tick, lots - filled);
      else base.locked += market.baseUnits(lots - filled);
    }
    const held = [...account.balances].map(([asset, { free, locked }]) => [asset, { total: free + locked, locked }]);
    expect(new Map(held as [string, { total: bigint; locked: bigint }][])).toEqual(expected);
  });
});
