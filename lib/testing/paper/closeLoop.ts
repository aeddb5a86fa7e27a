import { Observable, Subject, Subscription, type OperatorFunction } from 'rxjs';
import type { OrderCommand, OrderReport } from './order.js';

/**
 * Closes the loop from decisions to fills: what the strategy sends goes to the venue, and what the venue reports comes back to
 * the strategy.
 *
 *     closeLoop((reports$) => marketMaker({ book$, reports$ }), paperTrading({ book$, trades$ }))
 *
 * A report of a command is told after the command, also where the strategy answers within a step: what comes within a step waits
 * until the step is over.
 *
 * @param strategy Makes its commands of the reports, and of whatever else it was given.
 * @param venue Makes reports of commands: `paperTrading`, or an adapter to a real one.
 * @returns Commands and reports in order. Completes when the commands have and the venue has reported them; errors with either.
 */
export function closeLoop(
  strategy: (reports$: Observable<OrderReport>) => Observable<OrderCommand>,
  venue: OperatorFunction<OrderCommand, OrderReport>,
): Observable<OrderCommand | OrderReport> {
  return new Observable((observer) => {
    const commands = new Subject<OrderCommand>();
    const reports = new Subject<OrderReport>();
    const waiting: (() => void)[] = [];
    // Nothing happens before the strategy hears of it.
    let isBusy = true;
    /** One thing after the other. */
    const inTurn = (happen: () => void): void => {
      waiting.push(happen);
      if (!isBusy) work();
    };
    const work = (): void => {
      isBusy = true;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
      isBusy = false;
    };
    const fail = (error: unknown): void => {
      observer.error(error);
    };
    // The observer's from the first: it may leave, or the strategy throw, while the loop is being closed.
    const all = new Subscription();
    observer.add(all);
    all.add(
      commands.pipe(venue).subscribe({
        next: (report) => {
          inTurn(() => {
            observer.next(report);
            reports.next(report);
          });
        },
        error: fail,
        complete: () => {
          inTurn(() => {
            observer.complete();
          });
        },
      }),
    );
    all.add(
      strategy(reports.asObservable()).subscribe({
        next: (command) => {
          inTurn(() => {
            observer.next(command);
            commands.next(command);
          });
        },
        error: fail,
        complete: () => {
          inTurn(() => {
            commands.complete();
          });
        },
      }),
    );
    work();
  });
}
