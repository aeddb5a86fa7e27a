import { type Observable, EMPTY, expand, map, reduce } from 'rxjs';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { RequestFailedError } from '../../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { Link } from '../../../socket/plan.js';
import { OrderFrame, OrdersAnswer, type PartErrors } from './accountFrames.js';
import type { StreamReader } from '../session/dialect.js';
import { type Unread, sparing, sparingReader } from '../../../codec/sparing.js';
import { timeOf } from '../scalars.js';
import { numberOf } from '../present.js';
import { type TradestationStreamRequest, topicOf } from '../topics.js';

/** What is left of an order. The venue's list of statuses is open; what is not known to be over is taken for open. */
export type TradestationOrderState = 'open' | 'filled' | 'canceled' | 'rejected';

/** One instrument of an order, and how much of it is filled. Prices and quantities as numbers, the venue's texts in `exact`. */
export interface TradestationOrderLeg {
  readonly symbol: string;
  readonly assetType: string | undefined;
  /** `Buy`, `Sell`, `SellShort`, `BuyToCover`, in the venue's words. */
  readonly side: string;
  /** `Open` or `Close`. */
  readonly effect: string | undefined;
  readonly quantity: number;
  /** Filled so far, over all fills. */
  readonly filled: number;
  /** Average, once something is filled. */
  readonly price: number | undefined;
  readonly exact: { readonly quantity: string; readonly filled: string; readonly price: string | undefined };
}

/** One order as it stands. */
export interface TradestationOrder {
  readonly orderId: string;
  readonly account: string;
  /** What the status comes to: whether it still stands, and how it ended. */
  readonly state: TradestationOrderState;
  /** The venue's own status, and its words for it. */
  readonly status: string;
  /** The status in the venue’s words. */
  readonly description: string | undefined;
  /** The venue’s own: `Limit`, `Market`, `StopLimit`. */
  readonly type: string | undefined;
  /** In the currency of the symbol; so are the two below. */
  readonly limitPrice: number | undefined;
  readonly stopPrice: number | undefined;
  readonly filledPrice: number | undefined;
  /** What the venue charges, in the account’s currency. */
  readonly commission: number | undefined;
  /** In the venue’s words; only of an order that it refused. */
  readonly rejectReason: string | undefined;
  /** In ms; so is the one below. */
  readonly openedAt: number | undefined;
  readonly closedAt: number | undefined;
  /** What is bought and sold by it: one leg, or several of a spread. */
  readonly legs: readonly TradestationOrderLeg[];
}

/** An order as the stream told it. `initial`: it stood so when the stream was opened, and need not be news. */
export interface TradestationOrderEvent {
  readonly order: TradestationOrder;
  readonly initial: boolean;
}

/** By order id, finished ones of the day too. */
export type TradestationOrders = ReadonlyMap<string, TradestationOrder>;

/** Source: the groups of the venue's OpenAPI description; RJR and SCN by REST only. */
const OVER: Readonly<Record<string, Exclude<TradestationOrderState, 'open'>>> = {
  FLL: 'filled',
  FLP: 'filled',
  CAN: 'canceled',
  EXP: 'canceled',
  OUT: 'canceled',
  TSC: 'canceled',
  UCH: 'canceled',
  RJR: 'canceled',
  SCN: 'canceled',
  REJ: 'rejected',
};

function orderOf(frame: OrderFrame): TradestationOrder {
  return {
    orderId: frame.OrderID,
    account: frame.AccountID,
    state: OVER[frame.Status] ?? 'open',
    status: frame.Status,
    description: frame.StatusDescription ?? undefined,
    type: frame.OrderType ?? undefined,
    limitPrice: numberOf(frame.LimitPrice),
    stopPrice: numberOf(frame.StopPrice),
    filledPrice: numberOf(frame.FilledPrice),
    commission: numberOf(frame.CommissionFee),
    rejectReason: frame.RejectReason ?? undefined,
    openedAt: timeOf(frame.OpenedDateTime),
    closedAt: timeOf(frame.ClosedDateTime),
    legs: frame.Legs.map((leg) => ({
      symbol: leg.Symbol,
      assetType: leg.AssetType ?? undefined,
      side: leg.BuyOrSell,
      effect: leg.OpenOrClose ?? undefined,
      quantity: Number(leg.QuantityOrdered),
      filled: Number(leg.ExecQuantity),
      price: numberOf(leg.ExecutionPrice),
      exact: { quantity: leg.QuantityOrdered, filled: leg.ExecQuantity, price: leg.ExecutionPrice ?? undefined },
    })),
  };
}

interface OrderMessage {
  readonly order: OrderFrame;
  readonly initial: boolean;
}

/** Orders of one line, read. */
class OrderLine {
  constructor(readonly events: readonly TradestationOrderEvent[]) {}
}

const Message = t.type({ order: OrderFrame, initial: t.boolean }, 'tradestation.OrderMessage');

const eventReader = (unread: Unread) =>
  sparingReader(Message, [], unread, ({ order, initial }: OrderMessage): TradestationOrderEvent => ({
    order: orderOf(order),
    initial,
  }));

/**
 * Frames before EndSnapshot tell what stood at the opening. A line may be a list of hundreds: what can be read of it is
 * handed on as one, so that what it comes to is copied but once, and what can't be read by itself.
 */
export const ordersReader =
  (key: string, unread: Unread) =>
  (link: Link): StreamReader => {
    const read = eventReader(unread);
    let initial = true;
    let events: TradestationOrderEvent[] = [];
    const flush = (): void => {
      const line = new OrderLine(events);
      events = [];
      if (line.events.length > 0) link.deliver(key, line);
    };
    return {
      flush,
      endSnapshot: () => {
        initial = false;
      },
      data: (frame) => {
        const message = { order: frame, initial };
        const event = read(message, 0);
        if (event._tag === 'Right') events.push(event.right);
        else {
          flush();
          link.deliver(key, message);
        }
      },
    };
  };

export const ordersChannel = (
  request: TradestationStreamRequest,
  unread: Unread,
): ChannelSpec<readonly TradestationOrderEvent[]> => {
  const read = eventReader(unread);
  return {
    topic: topicOf(request),
    decode: (payload, at) =>
      payload instanceof OrderLine ? t.success(payload.events) : E.map(alone)(read(payload, at)),
  };
};
const alone = (event: TradestationOrderEvent): readonly TradestationOrderEvent[] => [event];

/** How much of all legs is filled. */
const filledOf = ({ legs }: TradestationOrder): number => legs.reduce((sum, { filled }) => sum + filled, 0);

/**
 * Whether a frame tells less than is known. Frames carry no number: what is filled never shrinks, and what is over never
 * opens again, so an older frame that comes behind a newer answer is known by these. One that differs from it in neither
 * (an edited price) can't be told apart, and is put right by the next reload.
 */
const isOlder = (one: TradestationOrder, known: TradestationOrder): boolean => {
  const difference = filledOf(one) - filledOf(known);
  return difference < 0 || (difference === 0 && known.state !== 'open' && one.state === 'open');
};

/** Pure, as the next one. */
export const foldOrder = (state: TradestationOrders, event: TradestationOrderEvent): TradestationOrders =>
  foldOrders(state, [event]);

export function foldOrders(state: TradestationOrders, events: readonly TradestationOrderEvent[]): TradestationOrders {
  let next: Map<string, TradestationOrder> | undefined;
  for (const { order } of events) {
    const known = (next ?? state).get(order.orderId);
    if (known !== undefined && isOlder(order, known)) continue;
    next ??= new Map(state);
    next.set(order.orderId, order);
  }
  return next ?? state;
}

export function hasOpenOrders(state: TradestationOrders): boolean {
  // Asked with each event: the orders are not copied for it.
  for (const order of state.values()) if (order.state === 'open') return true;
  return false;
}

const PAGE = 600;
const PAGES = 20;

/** @throws what stands beside the rows: an account that may not be asked about ends the stream. */
export function checkParts(key: string, errors: PartErrors): void {
  const [first] = errors ?? [];
  if (first === undefined) return;
  const words = `${first.AccountID ?? ''} ${first.Error}: ${first.Message ?? ''}`.trim();
  if (first.Error === 'Forbidden') throw new SubscriptionRefusedError('tradestation', key, words);
  throw new RequestFailedError(words);
}

/**
 * Today's orders, finished ones too, page by page.
 *
 * @param last What was known before: a row that tells less of an order is older than the stream, and takes nothing back.
 */
export function loadOrders(
  key: string,
  accounts: readonly string[],
  request: AuthorizedRequest,
  unread: Unread,
  last: TradestationOrders = new Map(),
): Observable<TradestationOrders> {
  const answerOf = sparing(OrdersAnswer, [], unread);
  const path = `/v3/brokerage/accounts/${accounts.map(encodeURIComponent).join(',')}/orders?pageSize=${PAGE}`;
  let pages = 0;
  const page = (token?: string) =>
    request(token === undefined ? path : `${path}&nextToken=${encodeURIComponent(token)}`, answerOf).pipe(
      map((answer) => {
        checkParts(key, answer.Errors);
        return answer;
      }),
    );
  return page().pipe(
    expand(({ NextToken: token }) => {
      pages += 1;
      if (token === undefined || token === '') return EMPTY;
      if (pages >= PAGES) throw new RequestFailedError(`more than ${PAGES * PAGE} orders`);
      return page(token);
    }),
    reduce((all, { Orders }) => {
      for (const order of Orders.map(orderOf)) {
        const known = last.get(order.orderId);
        all.set(order.orderId, known !== undefined && isOlder(order, known) ? known : order);
      }
      return all;
    }, new Map<string, TradestationOrder>()),
  );
}
