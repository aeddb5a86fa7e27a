import { answered, rig } from './rig.js';

const details = {
  AssetType: 'STOCK',
  Country: 'US',
  Currency: 'USD',
  Description: 'Microsoft Corporation',
  Exchange: 'NASDAQ',
  PriceFormat: { Format: 'Decimal', Decimals: '2', IncrementStyle: 'Simple', Increment: '0.01', PointValue: '1.0' },
  QuantityFormat: {
    Format: 'Decimal',
    Decimals: '0',
    IncrementStyle: 'Simple',
    Increment: '1',
    MinimumTradeQuantity: '1',
  },
  Root: 'MSFT',
  Symbol: 'MSFT',
};
const told = (symbols: readonly object[], errors: readonly object[] = []) =>
  rig({ answer: () => answered({ Symbols: symbols, Errors: errors }) });

describe('an instrument of TradeStation', () => {
  it('is what the venue tells of its symbol, asked for once an hour', () => {
    const one = told([details]);
    const heard = one.hear(one.exchange.instrument('msft'));
    one.pass(1);
    one.hear(one.exchange.instrument('MSFT'));
    one.pass(1);

    expect(heard.values).toEqual([
      {
        name: 'MSFT',
        unified: 'MSFT/USD',
        kind: 'equity',
        base: 'MSFT',
        quote: 'USD',
        tick: '0.01',
        lot: '1',
        minSize: '1',
        isTrading: true,
        status: 'listed',
      },
    ]);
    expect(one.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v3/marketdata/symbols/MSFT']);
  });

  it('may be an option, or of prices that step by a schedule', () => {
    const one = told([
      {
        ...details,
        AssetType: 'STOCKOPTION',
        Symbol: 'MSFT 261218C305',
        Underlying: 'MSFT',
        ExpirationDate: '2026-12-18T00:00:00Z',
        StrikePrice: '305',
        OptionType: 'Call',
        PriceFormat: {
          IncrementStyle: 'Schedule',
          IncrementSchedule: [
            { Increment: '0.05', StartsAt: '0' },
            { Increment: '0.10', StartsAt: '3' },
          ],
        },
      },
    ]);
    const heard = one.hear(one.exchange.instrument('MSFT 261218C305'));
    one.pass(1);
    expect(heard.values).toMatchObject([
      { kind: 'option', unified: 'MSFT/USD:USD-261218-305-C', strike: '305', optionType: 'call', tick: '0.05' },
    ]);
  });

  it('is refused where there is none', () => {
    const one = told([], [{ Symbol: 'XXX', Message: 'Invalid symbol' }]);
    const heard = one.hear(one.exchange.instrument('XXX'));
    one.pass(1);
    expect(heard.ends).toEqual([expect.stringContaining('tradestation refused XXX')]);
  });

  it('is asked for again where it can’t be read', () => {
    const one = told([{ ...details, PriceFormat: {} }]);
    one.hear(one.exchange.instrument('MSFT'));
    one.pass(1);
    expect(one.faults).toMatchObject([{ type: 'snapshot', channel: 'MSFT', attempt: 1 }]);
  });
});
