import { moneyText, timeText, withEffect } from './money.js';
import { type SimulatedOrder, actionOf } from './order.js';
import type { SimulatedPosition } from './position.js';
import type { Words } from './words.js';

/** A chain of more orders than these is told as two. */
const LONGEST = 20;

/** A part of an order that was filled at once. */
interface Link {
  readonly order: SimulatedOrder;
  readonly quantity: number;
  readonly at: number;
}

interface Chain {
  readonly id: string;
  readonly links: readonly Link[];
}

/** What follows one another in a symbol, from the order that opens a position to the one that closes it. */
export class OrderChains {
  private readonly open = new Map<string, Chain>();

  constructor(private readonly account: string) {}

  /** A further part of the chain of its symbol, and the position after it. @returns The chain, as the venue writes it. */
  add(order: SimulatedOrder, quantity: number, position: SimulatedPosition): Words {
    const { symbol } = order;
    const link: Link = { order, quantity, at: position.updatedAt };
    const known = this.open.get(symbol);
    const chain = { id: known?.id ?? `${order.id}`, links: [...(known?.links ?? []), link] };
    if (position.size === 0 || chain.links.length >= LONGEST) this.open.delete(symbol);
    else this.open.set(symbol, chain);
    return chainWords(this.account, chain, position);
  }
}

/** What a fill costs: less cash for what is bought. */
const costOf = ({ order, quantity }: Link): bigint =>
  (order.side === 'Buy' ? -1n : 1n) * order.price * BigInt(quantity);

function chainWords(account: string, { id, links }: Chain, { symbol, size }: SimulatedPosition): Words {
  const [first] = links;
  const isOpening = ({ order }: Link): boolean => order.side === first?.order.side;
  const sum = (some: readonly Link[]): bigint => some.reduce((total, link) => total + costOf(link), 0n);
  const [opening, closing] = [sum(links.filter(isOpening)), sum(links.filter((link) => !isOpening(link)))];
  const gain = size === 0 ? opening + closing : 0n;
  const entry = { symbol, 'instrument-type': 'Equity', quantity: String(Math.abs(size)) };
  const open = { ...entry, 'quantity-type': size < 0 ? 'Short' : 'Long', 'quantity-numeric': String(size) };
  return {
    id,
    'account-number': account,
    description: 'Stock',
    'underlying-symbol': symbol,
    'computed-data': {
      open: size !== 0,
      ...withEffect('total-fees', 0n),
      ...withEffect('total-commissions', 0n),
      ...withEffect('realized-gain', gain),
      ...withEffect('realized-gain-with-fees', gain),
      'winner-realized': gain > 0n,
      'winner-realized-and-closed': gain > 0n,
      'winner-realized-with-fees': gain > 0n,
      'roll-count': 0,
      'opened-at': chainTime(first?.at ?? 0),
      'last-occurred-at': chainTime(links.at(-1)?.at ?? 0),
      ...withEffect('total-opening-cost', opening),
      ...withEffect('total-closing-cost', closing),
      ...withEffect('total-cost', opening + closing),
      'open-entries': size === 0 ? [] : [open],
    },
    'lite-nodes-sizes': links.length,
    'lite-nodes': links.map((link, index) => nodeWords(link, `${id}-${String(index)}`)),
  };
}

function nodeWords(link: Link, id: string): Words {
  const { order, quantity, at } = link;
  const cost = costOf(link);
  return {
    'node-type': 'order',
    id,
    description: 'Stock',
    'occurred-at': chainTime(at),
    ...withEffect('total-fees', 0n),
    ...withEffect('total-fill-cost', cost),
    'gcd-quantity': String(quantity),
    'fill-cost-per-quantity': moneyText(order.price),
    'fill-cost-per-quantity-effect': order.side === 'Buy' ? 'Debit' : 'Credit',
    'order-fill-count': 1,
    roll: false,
    legs: [
      {
        symbol: order.symbol,
        'instrument-type': 'Equity',
        action: actionOf(order),
        'fill-quantity': String(quantity),
        'order-quantity': String(order.size),
      },
    ],
    entries: [],
  };
}

/** Chains alone have times without a colon in the offset. */
const chainTime = (ms: number): string => timeText(ms).replace('+00:00', '+0000');
