import { type Observable, filter, map } from 'rxjs';
import type { AccountEvent } from '../../model/accountEvent.js';
import type { TastytradeAccount } from './account.js';
import type { TastytradeNotice } from './notices.js';

export type NoticeType = TastytradeNotice['type'];
export type NoticeOf<T extends NoticeType> = Extract<TastytradeNotice, { readonly type: T }>;
type Events = Observable<AccountEvent<TastytradeNotice, TastytradeAccount>>;

const isOf =
  <T extends NoticeType>(type: T) =>
  (notice: TastytradeNotice): notice is NoticeOf<T> =>
    notice.type === type;

/** Of the notifications those of one type. */
export const only = <T extends NoticeType>(
  notice$: Observable<TastytradeNotice>,
  type: T,
): Observable<NoticeOf<T>['value']> =>
  notice$.pipe(
    filter(isOf(type)),
    map(({ value }) => value as NoticeOf<T>['value']),
  );

/** Of an account's events the notifications of one type alone. */
export const valuesOf = <T extends NoticeType>(event$: Events, type: T): Observable<NoticeOf<T>['value']> =>
  only(
    event$.pipe(
      filter((event) => event.type === 'event'),
      map(({ value }) => value),
    ),
    type,
  );

/** Of an account's events those of one type, and of its snapshots the part that they make. */
export const partOf = <T extends NoticeType, K extends keyof TastytradeAccount>(
  event$: Events,
  type: T,
  part: K,
): Observable<AccountEvent<NoticeOf<T>['value'], TastytradeAccount[K]>> => {
  const isWanted = isOf(type);
  return event$.pipe(
    map((event): AccountEvent<NoticeOf<T>['value'], TastytradeAccount[K]> | undefined => {
      if (event.type === 'reset') return event;
      if (event.type === 'snapshot') return { ...event, value: event.value[part] };
      if (!isWanted(event.value)) return undefined;
      return { ...event, value: event.value.value as NoticeOf<T>['value'] };
    }),
    filter((event) => event !== undefined),
  );
};
