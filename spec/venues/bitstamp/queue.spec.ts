import { map } from 'rxjs';
import { type BookByOrder, live } from '../../../lib/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { venueRig } from '../../support/venueRig.js';

/** As docs/pipelines.md has it. */
function ahead({ bids, asks, orders }: BookByOrder, id: string): number | undefined {
  const order = orders.get(id);
  const level = order && (order.side === 'bid' ? bids : asks).get(order.exact.price);
  if (level === undefined) return undefined;
  const place = level.orders.findIndex((one) => one.id === id);
  return level.orders.slice(0, place).reduce((sum, { size }) => sum + size, 0);
}

describe('where an order stands', () => {
  it('is told from its id, however its price is spelt, until it is gone', () => {
    const { exchange, wire, network, pass, faults } = venueRig(bitstamp);
    const told: (number | undefined)[] = [];
    const sums: boolean[] = [];
    exchange
      .bookByOrder('btcusd')
      .pipe(
        live(),
        map((book) => {
          sums.push(
            [...book.bids].every(({ size, orders }) => size === orders.reduce((sum, one) => sum + one.size, 0)),
          );
          return ahead(book, '30');
        }),
      )
      .subscribe((size) => told.push(size));
    const channel = 'live_orders_btcusd';
    const event = (kind: string, id: string, at: number, amount: string, price = '100.50'): object => ({
      data: { id_str: id, order_type: 0, price_str: price, amount_str: amount, microtimestamp: `${at}` },
      channel,
      event: `order_${kind}`,
      event_id: `e${at}`,
      pre_event_id: `e${at - 1}`,
    });
    pass(100);
    wire().receive({ event: 'bts:subscription_succeeded', channel, data: {} });
    wire().receive(event('created', '30', 5, '4', '100.5'));
    pass(10_000);
    const bids = ['10', '20', '30'].map((id) => ['100.50', id === '30' ? '4' : '2.5', id]);
    network.requests[0]?.respond({ timestamp: '1', microtimestamp: '5', bids, asks: [['101.00', '1', '40']] });
    pass(10);

    wire().receive(event('changed', '10', 6, '1'));
    wire().receive(event('deleted', '20', 7, '2.5'));
    wire().receive(event('created', '50', 8, '9'));
    wire().receive(event('deleted', '30', 9, '4'));

    expect(told).toEqual([5, 3.5, 1, 1, undefined]);
    expect(sums).not.toContain(false);
    expect(faults).toEqual([]);
  });
});
