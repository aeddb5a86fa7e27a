import type { Observable } from 'rxjs';
import { check, checkOneOf } from '../../errors/checks.js';
import { type StreamName, streamOf } from '../wire/subjects.js';
import { isValueMethod, valueKinds } from '../wire/kinds.js';

/** One stream that a gateway offers. */
export interface Offered {
  readonly method: string;
  readonly args: readonly [instrument: string, ...rest: unknown[]];
  readonly name: StreamName;
}

const methods = ['book', ...Object.keys(valueKinds)];

/** The streams of an offer. @throws InvalidArgumentError for what no exchange could give, or this one has not. */
export function offeredBy(offer: Readonly<Record<string, unknown>>, exchange: object): readonly Offered[] {
  return Object.entries(offer).flatMap(([method, calls]) => {
    if (calls === undefined) return [];
    checkOneOf('offer', methods, method);
    check(
      `offer.${method}`,
      typeof Reflect.get(exchange, method) === 'function',
      'a stream that the exchange has',
      method,
    );
    check(`offer.${method}`, Array.isArray(calls), 'a list of instruments, or of lists of arguments', typeof calls);
    return (calls as readonly unknown[]).map((call): Offered => {
      const [instrument, ...rest]: readonly unknown[] = Array.isArray(call) ? (call as readonly unknown[]) : [call];
      const name = streamOf(method, [instrument, ...rest]);
      return { method, args: [String(instrument), ...rest], name };
    });
  });
}

/** A stream of an exchange by the name of its method. */
export function calledOn(exchange: object, method: string, args: readonly unknown[]): Observable<never> {
  const called = Reflect.get(exchange, method) as (...given: readonly unknown[]) => Observable<never>;
  return called.apply(exchange, [...args]);
}

export { isValueMethod };
