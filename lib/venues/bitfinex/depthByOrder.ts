import { byOrder } from '../../book/byOrder/byOrder.js';
import { wireRule } from '../../book/continuity/wire.js';
import { checksummed } from '../../book/fold.js';
import { Decimal } from '../../codec/decimal.js';
import { reader } from '../../codec/read.js';
import type { NumberRow } from '../../codec/scanNumberRow.js';
import { checkOneOf } from '../../errors/checks.js';
import type { BookSpec } from '../../feed/books.js';
import type { OrderChange } from '../../model/bookByOrder.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { holdsChecksumByOrder } from './checksum.js';
import {
  NOTHING,
  type BitfinexDepth,
  type BitfinexFrequency,
  changeOf,
  checksumReader,
  depths,
  frequencies,
  orScanned,
} from './depth.js';
import { OrderFrame, type OrderRow, OrdersFrame } from './frames.js';
import { byKind } from './frameData.js';
import { channelOf } from './topics.js';

interface DepthByOrder extends Pick<BookSpec, 'rule' | 'fold'> {
  readonly source: ChannelSpec<readonly DepthEvent[]>;
}

const fold = checksummed(holdsChecksumByOrder, byOrder({ queue: 'id' }));

/** A book of orders. Those that leave its depth are removed by the venue itself. */
export function depthByOrder(symbol: string, frequency: BitfinexFrequency, depth: BitfinexDepth): DepthByOrder {
  checkOneOf('frequency', frequencies, frequency);
  checkOneOf('depth', depths, depth);
  const fields = { channel: 'book', symbol, prec: 'R0', freq: frequency, len: `${depth}` };
  return { source: channelOf(fields, readerOf(symbol)), rule: wireRule, fold };
}

function readerOf(instrument: string): ChannelSpec<readonly DepthEvent[]>['decode'] {
  const sides = (rows: readonly OrderRow[]): Pick<DepthEvent & { type: 'diff' }, 'bids' | 'asks'> => {
    const bids: OrderChange[] = [];
    const asks: OrderChange[] = [];
    for (const row of rows) (row.amount > 0 ? bids : asks).push(orderOf(row));
    return { bids, asks };
  };
  const read = byKind<readonly DepthEvent[]>(
    {
      snapshot: reader(OrdersFrame, ({ data }, receivedTime) => [
        { type: 'snapshot', instrument, ...sides(data), receivedTime },
      ]),
      update: reader(OrderFrame, ({ data }, receivedTime) =>
        changeOf(instrument, orderOf(data), data.amount > 0, receivedTime),
      ),
      cs: checksumReader(instrument),
    },
    [],
  );
  return orScanned(instrument, orderOfRow, read);
}

/** `[id, price, amount]`, as `OrderFrame` reads it. */
function orderOfRow({ first: id, second: price, third: amount }: NumberRow): OrderChange | undefined {
  if (id.decimals !== 0) return undefined;
  const size = price.value === 0 ? NOTHING : amount;
  return {
    id: id.text,
    price: price.value,
    size: size.value,
    exact: { price: price.text, size: size.text },
  };
}

const orderOf = ({ id, price, amount }: OrderRow): OrderChange => {
  const size = price === 0 ? 0 : Math.abs(amount);
  return { id, price, size, exact: { price: Decimal.encode(price), size: Decimal.encode(size) } };
};
