import { VirtualTimeScheduler } from 'rxjs';
import { simulatedAccountId, simulatedO2 } from '../../../lib/simulation/index.js';
import { orderId } from '../../../lib/simulation/o2/frames.js';
import { o2 } from '../../../lib/venues/o2/index.js';
import { AccountLog, stateKey } from '../../support/o2Truth.js';

const DAY = 24 * 60 * 60_000;

describe('a day in virtual time', () => {
  it('passes on one connection, without a message missed, in a market that says nothing for minutes', () => {
    const scheduler = new VirtualTimeScheduler(undefined, DAY);
    const venue = simulatedO2({ scheduler, instruments: ['QUIETUSDT'], stepEvery: 150_000, accountActivity: 0.5 });
    const account = simulatedAccountId(1);
    const log = new AccountLog(venue, account, orderId);
    const exchange = o2({ network: venue.network, scheduler, random: () => 0.5 });
    const told: string[] = [];
    const faults: unknown[] = [];
    const connection: string[] = [];
    exchange.faults$.subscribe((fault) => faults.push(fault));
    exchange.connection$.subscribe(({ status }) => connection.push(status));
    exchange.book('QUIET/USDT').subscribe();
    exchange.trades('QUIET/USDT').subscribe();
    exchange.orders(account).subscribe((event) => {
      if (event.type === 'event')
        told.push(stateKey(event.value.id, event.value.status, event.value.units.filled ?? '0'));
    });

    scheduler.flush();

    expect(connection).toEqual(['connecting', 'ready']);
    expect(faults).toEqual([]);
    expect(venue.stats()).toMatchObject({ open: 1, accepted: 1, violations: [] });
    expect(told.length).toBeGreaterThan(100);
    expect(told).toEqual(log.states.slice(-told.length));
    exchange.close();
  });
});
