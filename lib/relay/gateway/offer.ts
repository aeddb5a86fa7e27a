import type { Observable } from 'rxjs';
import { check, checkOneOf } from '../../errors/checks.js';
import type { OwnStreamKind, OwnStreams } from '../../feed/ownStreams.js';
import { type StreamName, ownStreamOf, streamOf } from '../wire/subjects.js';
import { isValueMethod, valueKinds } from '../wire/kinds.js';

/** One stream that a gateway offers. */
export interface Offered {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly name: StreamName;
  /** How it tells, where it is one of the venue's own. */
  readonly own: OwnStreamKind | undefined;
}

const methods = ['book', ...Object.keys(valueKinds)];

/** How a stream tells that is a venue's own, and whether it is of an account. */
export function ownOf(
  { market = {}, account = {} }: OwnStreams,
  method: string,
): { readonly kind: OwnStreamKind; readonly isAccount: boolean } | undefined {
  const [ofAccount, ofMarket] = [account[method], market[method]];
  if (ofAccount !== undefined) return { kind: ofAccount, isAccount: true };
  return ofMarket && { kind: ofMarket, isAccount: false };
}

/** The streams of an offer. @throws InvalidArgumentError for what no exchange could give, or this one has not. */
export function offeredBy(
  offer: Readonly<Record<string, unknown>>,
  exchange: object,
  streams: OwnStreams,
): readonly Offered[] {
  const own = [...Object.keys(streams.market ?? {}), ...Object.keys(streams.account ?? {})];
  return Object.entries(offer).flatMap(([method, calls]) => {
    if (calls === undefined) return [];
    checkOneOf('offer', [...new Set([...methods, ...own])], method);
    check(
      `offer.${method}`,
      typeof Reflect.get(exchange, method) === 'function',
      'a stream that the exchange has',
      method,
    );
    check(`offer.${method}`, Array.isArray(calls), 'a list of instruments, or of lists of arguments', typeof calls);
    return (calls as readonly unknown[]).map((call): Offered => {
      const args: readonly unknown[] = Array.isArray(call) ? (call as readonly unknown[]) : [call];
      const { kind, isAccount = false } = ownOf(streams, method) ?? {};
      const name = kind === undefined ? streamOf(method, args) : ownStreamOf(method, args, isAccount);
      return { method, args, name, own: kind };
    });
  });
}

/** A stream of an exchange by the name of its method. */
export function calledOn(exchange: object, method: string, args: readonly unknown[]): Observable<never> {
  const called = Reflect.get(exchange, method) as (...given: readonly unknown[]) => Observable<never>;
  return called.apply(exchange, [...args]);
}

export { isValueMethod };
