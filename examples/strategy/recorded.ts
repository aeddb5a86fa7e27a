import { binance } from 'millrace/venues/binance';
import { type Recording, replay } from 'millrace/node';
import { type OrderCommand, closeLoop, paperTrading } from 'millrace/testing';
import { VirtualTimeScheduler, filter, map, share } from 'rxjs';
import { marketMaker } from './marketMaker.js';
import { QUOTING, SYMBOL } from './simulatedDay.js';

/**
 * What the market maker decides on a recording, a line a command, with its recorded time in ms. The same recording gives the
 * same lines, so that they can be kept in a file, and a review shows what a change of the strategy changes.
 */
export function decisionsOn(recording: Recording): readonly string[] {
  const host = new VirtualTimeScheduler();
  const network = replay(recording, { scheduler: host });
  const scheduler = network.clock;
  const exchange = binance({ network, scheduler, random: () => 0.5 });
  const book$ = exchange.book(SYMBOL, { speed: '1000ms' }).pipe(share());
  const lines: string[] = [];
  closeLoop(
    (reports$) =>
      marketMaker({
        book$,
        reports$,
        scheduler,
        ...QUOTING,
      }),
    paperTrading({ book$, trades$: exchange.trades(SYMBOL), latency: 15, reportLatency: 15, scheduler }),
  )
    .pipe(
      filter((told): told is OrderCommand => told.type === 'place' || told.type === 'cancel'),
      map((command) => `${String(scheduler.now())} ${textOf(command)}`),
    )
    .subscribe((line) => lines.push(line));
  host.flush();
  exchange.close();
  return lines;
}

const textOf = (command: OrderCommand): string =>
  command.type === 'place'
    ? `place ${command.id}: ${command.side} ${command.size} at ${command.price ?? 'market'}`
    : `cancel ${command.id}`;
