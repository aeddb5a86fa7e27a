import {
  type Observable,
  type SchedulerLike,
  EMPTY,
  catchError,
  concat,
  concatMap,
  defer,
  exhaustMap,
  throwError,
  timer,
} from 'rxjs';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import type { AuthorizedRequest } from '../../../feed/authorizedRequest.js';
import type { FaultNotice } from '../../../model/fault.js';
import { type BalanceRow, BalancesAnswer, balanceDecimals } from './accountFrames.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import { sparing } from '../../../codec/sparing.js';
import { checkParts } from './orders.js';
import { known as readable } from '../present.js';

type BalanceDecimal = (typeof balanceDecimals)[number];
type Texts = Readonly<Partial<Record<BalanceDecimal, string>>>;

/** What has changed of an account's balance since it was asked for last. The venue has no stream of these. */
export interface TradestationBalanceChange {
  readonly account: string;
  /** In the venue’s words: `Margin`, `Cash`. */
  readonly accountType: string | undefined;
  /** As the venue wrote it, under its own names; at first all there is. */
  readonly changed: Texts;
  /** The whole, likewise. */
  readonly balance: Texts;
  /** When we had it, in ms. */
  readonly at: number;
}

export interface BalancesConfig {
  readonly accounts: readonly string[];
  /** In ms. */
  readonly every: number;
  readonly request: AuthorizedRequest;
  readonly scheduler: SchedulerLike;
  readonly report: (fault: FaultNotice) => void;
}

/**
 * Asks for the balances every so often and tells what is another than before, one change an account. An asking that fails is
 * reported, and the next one tells what it would have.
 *
 * @throws (on the stream) SubscriptionRefusedError for an account that may not be asked about.
 */
export function balances({
  accounts,
  every,
  request,
  scheduler,
  report,
}: BalancesConfig): Observable<TradestationBalanceChange> {
  const channel = `balances ${accounts.join(',')}`;
  const answer = sparing(BalancesAnswer, [], leftOutOf(channel, report));
  const path = `/v3/brokerage/accounts/${accounts.map(encodeURIComponent).join(',')}/balances`;
  return defer(() => {
    const known = new Map<string, Texts>();
    let attempt = 0;
    const change = (row: BalanceRow): readonly TradestationBalanceChange[] => {
      const before = known.get(row.AccountID);
      const balance: Texts = readable(Object.fromEntries(balanceDecimals.map((name) => [name, row[name]])));
      known.set(row.AccountID, balance);
      const names = balanceDecimals.filter((name) => balance[name] !== before?.[name]);
      if (names.length === 0) return [];
      const changed: Texts = Object.fromEntries(names.map((name) => [name, balance[name]]));
      return [
        { account: row.AccountID, accountType: row.AccountType ?? undefined, changed, balance, at: scheduler.now() },
      ];
    };
    return timer(0, every, scheduler).pipe(
      exhaustMap(() =>
        request(path, answer).pipe(
          // What could be had is told before what could not.
          concatMap(({ Balances, Errors }) =>
            concat(
              Balances.flatMap(change),
              defer(() => {
                checkParts(channel, Errors);
                attempt = 0;
                return EMPTY;
              }),
            ),
          ),
          catchError((error: unknown) => {
            if (error instanceof SubscriptionRefusedError) return throwError(() => error);
            attempt += 1;
            const text = error instanceof Error ? error.message : typeof error;
            const message = `${channel}: could not be asked for: ${text}`;
            report({ type: 'snapshot', channel, attempt, message });
            return EMPTY;
          }),
        ),
      ),
    );
  });
}
