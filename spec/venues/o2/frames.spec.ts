import { pathOf } from '../../../lib/codec/path.js';
import {
  AccountAnswer,
  BalanceAnswer,
  BalancesFrame,
  DepthSnapshotFrame,
  DepthUpdateFrame,
  MarketsAnswer,
  NonceFrame,
  OrdersAnswer,
  OrdersFrame,
  TradesFrame,
} from '../../../lib/venues/o2/frames.js';

const level = (quantity: unknown) => ({ price: '1', quantity });
const order = { order_id: '0x1', side: 'buy', quantity: '1', price: '1' };
const trade = { trade_id: '1', side: 'buy', price: '1', quantity: '1', timestamp: 1 };
const balance = {
  identity: { ContractId: '0x1' },
  asset_id: '0x2',
  total_locked: '1',
  total_unlocked: '1',
  trading_account_balance: '1',
};
const asset = { symbol: 'ETH', asset: '0x1', decimals: 9 };

describe('a frame that is not as the venue writes it', () => {
  it.each([
    [
      DepthSnapshotFrame,
      { market_id: '0x1', view: { buys: [level('-1')] } },
      'o2.DepthSnapshot/view: o2.DepthSnapshot.Sides/buys: Levels/0: o2.Level/quantity: U128',
    ],
    [DepthSnapshotFrame, { view: {} }, 'o2.DepthSnapshot/market_id: HexId'],
    [
      DepthUpdateFrame,
      { market_id: '0x1', changes: { sells: [level('1'), level(1.5)] } },
      'o2.DepthUpdate/changes: o2.DepthUpdate.Sides/sells: Changes/1: o2.Change/quantity: I128',
    ],
    [
      DepthUpdateFrame,
      { market_id: '0x1', changes: { buys: [{ price: '-1', quantity: '1' }] } },
      'o2.DepthUpdate/changes: o2.DepthUpdate.Sides/buys: Changes/0: o2.Change/price: U64',
    ],
    [
      DepthUpdateFrame,
      { market_id: '0x1', changes: { buys: [], sells: null } },
      'o2.DepthUpdate/changes: o2.DepthUpdate.Sides/sells: Changes',
    ],
    [
      DepthSnapshotFrame,
      { market_id: '0x1', view: { buys: null, sells: [] } },
      'o2.DepthSnapshot/view: o2.DepthSnapshot.Sides/buys: Levels',
    ],
    [OrdersFrame, { orders: [{ ...order, close: null }] }, 'o2.Orders/orders: Orders/0: o2.Order/close: boolean'],
    [TradesFrame, { market_id: '0x1', trades: null }, 'o2.Trades/trades: Trades'],
    [TradesFrame, { market_id: '0x1' }, 'o2.Trades'],
    [DepthUpdateFrame, { market_id: '0x1', seen_timestamp: {} }, 'o2.DepthUpdate/seen_timestamp: U128'],
    [
      TradesFrame,
      { market_id: '0x1', trades: [{ ...trade, price: '18446744073709551616' }] },
      'o2.Trades/trades: Trades/0: o2.Trade/price: U64',
    ],
    [OrdersFrame, { orders: [order, { ...order, side: 'long' }] }, 'o2.Orders/orders: Orders/1: o2.Order/side: Side'],
    [OrdersFrame, { orders: [{ ...order, order_id: '' }] }, 'o2.Orders/orders: Orders/0: o2.Order/order_id: HexId'],
    [
      OrdersFrame,
      { orders: [{ ...order, account: { Wallet: '0x1' } }] },
      'o2.Orders/orders: Orders/0: o2.Order/account: Identity',
    ],
    [OrdersAnswer, {}, 'o2.OrdersAnswer/orders: Orders'],
    [
      BalancesFrame,
      { balance: [{ ...balance, total_locked: -1 }] },
      'o2.Balances/balance: Balances/0: o2.Balance/total_locked: U128',
    ],
    [BalanceAnswer, { ...balance, total_unlocked: null }, 'o2.BalanceAnswer/total_unlocked: U128'],
    [NonceFrame, { contract_id: '0x1', nonce: '0x1ffffffffffffffff' }, 'o2.Nonce/nonce: Nonce'],
    [NonceFrame, { contract_id: '0x1', nonce: 1.5 }, 'o2.Nonce/nonce: Nonce'],
    [
      MarketsAnswer,
      { markets: [{ market_id: '0x1', base: asset, quote: { ...asset, decimals: '9' } }] },
      'o2.MarketsAnswer/markets: Markets/0: o2.Market/quote: o2.Asset/decimals: Int',
    ],
    [AccountAnswer, { trade_account: null }, 'o2.AccountAnswer/trade_account: o2.TradeAccount'],
  ])('is refused with its path: %#', (codec, frame, path) => {
    const result = codec.decode(frame);
    expect(result._tag === 'Left' ? pathOf(result.left) : result.right).toBe(path);
  });

  it('has its ids compared in one form', () => {
    const result = NonceFrame.decode({ contract_id: 'ABC0', nonce: '1' });
    expect(result).toMatchObject({ right: { contract_id: '0xabc0' } });
  });
});
