import { Observable, type OperatorFunction } from 'rxjs';
import { passOn } from './passOn.js';

/**
 * What each value holds of others, one after the other, as `mergeMap` tells a list. That makes an observable and a
 * subscriber of each, which takes longer than reading the frame it is of.
 *
 * @param listOf Pure; what it throws is an error of the stream.
 */
export const flatten =
  <T, U>(listOf: (value: T) => readonly U[]): OperatorFunction<T, U> =>
  (source) =>
    new Observable((subscriber) =>
      passOn(source, subscriber, (value) => {
        let list: readonly U[];
        try {
          list = listOf(value);
        } catch (error) {
          subscriber.error(error);
          return;
        }
        for (const one of list) subscriber.next(one);
      }),
    );
