import type * as t from 'io-ts';
import { pathOf } from '../../../lib/codec/path.js';
import {
  BalanceRow,
  BalancesAnswer,
  OrderFrame,
  OrdersAnswer,
  PositionFrame,
} from '../../../lib/venues/tradestation/account/accountFrames.js';
import {
  AggregateDepth,
  BarFrame,
  ParticipantDepth,
  QuoteFrame,
  SpreadFrame,
  TickBarFrame,
  NextToken,
  TokenAnswer,
} from '../../../lib/venues/tradestation/frames.js';
import * as examples from './examples.js';

type Any = t.Decoder<unknown, unknown>;
const parsed = (text = ''): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

// The last one of depth leaves out a side, which is filled in before it is read.
it.each<[string, Any, readonly string[]]>([
  ['quotes', QuoteFrame, examples.quotes],
  ['bars', BarFrame, examples.bars],
  ['depth by participant', ParticipantDepth, examples.participants.slice(0, -1)],
  ['depth added up', AggregateDepth, examples.aggregates],
  ['options', SpreadFrame, examples.spreads],
  ['orders', OrderFrame, examples.orders],
  ['positions', PositionFrame, examples.positions],
  ['balances', BalanceRow, examples.balances.slice(0, 3)],
  ['balances, the whole answer', BalancesAnswer, examples.balances.slice(4)],
  ['tick bars', TickBarFrame, examples.tickBars],
])('every example of %s is read', (_, codec, texts) => {
  for (const text of texts) {
    const result = codec.decode(parsed(text));
    expect(result._tag === 'Left' ? `${pathOf(result.left)} of ${text}` : 'read').toBe('read');
  }
});

const order = parsed(examples.orders[0]);
const level = { Side: 'Bid', Price: '1', Size: '1', OrderCount: 1, Name: 'NSDQ' };

it.each<[Any, unknown, string]>([
  [QuoteFrame, { Symbol: 'A', Last: '1e5x' }, 'tradestation.Quote/Last: LooseDecimal'],
  [QuoteFrame, { Last: '1' }, 'tradestation.Quote/Symbol: Text'],
  [
    QuoteFrame,
    { Symbol: 'A', MarketFlags: { IsHalted: 'no' } },
    'tradestation.Quote/MarketFlags: tradestation.MarketFlags/IsHalted: boolean',
  ],
  [BarFrame, { ...parsed(examples.bars[0]), Epoch: '1' }, 'tradestation.Bar/Epoch: Int'],
  [BarFrame, { ...parsed(examples.bars[0]), BarStatus: 'Ajar' }, 'tradestation.Bar/BarStatus: BarStatus'],
  [
    ParticipantDepth,
    { Bids: [{ ...level, TimeStamp: 'now' }], Asks: [] },
    'tradestation.ParticipantDepth/Bids: Levels/0: tradestation.ParticipantLevel/TimeStamp: TimeText',
  ],
  [ParticipantDepth, parsed(examples.participants.at(-1)), 'tradestation.ParticipantDepth/Asks: Levels'],
  [
    AggregateDepth,
    { Bids: [], Asks: [{ Price: '1' }] },
    'tradestation.AggregateDepth/Asks: Levels/0: tradestation.AggregateLevel/TotalSize: LooseDecimal',
  ],
  [
    SpreadFrame,
    { Legs: [{ Symbol: 'A', Ratio: 0.5 }] },
    'tradestation.Spread/Legs: Legs/0: tradestation.SpreadLeg/Ratio: Int',
  ],
  [OrderFrame, { ...order, OrderID: '' }, 'tradestation.Order/OrderID: Id'],
  [OrderFrame, { ...order, Legs: [{}] }, 'tradestation.Order/Legs: Legs/0: tradestation.OrderLeg/Symbol: Text'],
  [OrdersAnswer, { Orders: [{}] }, 'tradestation.Orders/Orders: Orders/0: tradestation.Order/OrderID: Id'],
  [PositionFrame, { PositionID: '1', Deleted: 'yes' }, 'tradestation.Position/Deleted: boolean'],
  [PositionFrame, { PositionID: '1', Deleted: null }, 'tradestation.Position/Deleted: boolean'],
  [BalanceRow, { AccountID: 'A', Equity: [] }, 'tradestation.Balance/Equity: LooseDecimal'],
  [BalancesAnswer, { Balances: {} }, 'tradestation.Balances/Balances: Balances'],
  [TickBarFrame, { ...parsed(examples.tickBars[0]), TimeStamp: '2012' }, 'tradestation.TickBar/TimeStamp: TickTime'],
  [TokenAnswer, { expires_in: 1_200 }, 'tradestation.TokenAnswer/access_token: Text'],
  [NextToken, { refresh_token: 7 }, 'tradestation.NextToken/refresh_token: Text'],
])('says where a frame is wrong, and not what it holds: %#', (codec, frame, path) => {
  const result = codec.decode(frame);
  expect(result._tag === 'Left' && pathOf(result.left)).toBe(path);
});
