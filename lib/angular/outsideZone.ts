import { NgZone } from '@angular/core';
import { Observable, type Observer, Subject, Subscription, isObservable } from 'rxjs';
import { ownedBy } from '../time/ownedBy.js';

/**
 * The same object, of which nothing runs in Angular's zone: what its methods do, and what subscribing to a stream of it
 * starts, goes on outside, and so does what leaving the stream sets off. A socket or a timer belongs to the zone that it
 * was made in for good, so it must not depend on who was the first to subscribe.
 *
 * Without such a zone it is the object itself.
 */
export function outsideZone<E extends object>(of: E, zone: NgZone): E {
  // What stands in the place of the zone of an application without one is no `NgZone`.
  if (!(zone instanceof NgZone)) return of;
  return new Proxy(of, {
    get: (target, name) => outside(Reflect.get(target, name), target, zone),
  });
}

/** What is got from an object, or returned by a method of it. */
function outside(value: unknown, of: object, zone: NgZone): unknown {
  if (value instanceof Subject) return subjectOutside(value, zone);
  if (isObservable(value)) return streamOutside(value, zone);
  if (typeof value !== 'function') return value;
  return (...args: readonly unknown[]): unknown =>
    outside(
      zone.runOutsideAngular((): unknown => Reflect.apply(value, of, args)),
      of,
      zone,
    );
}

/** A stream that is subscribed to and left outside of the zone. */
export function streamOutside<T>(source: Observable<T>, zone: NgZone): Observable<T> {
  return new Observable((subscriber) => {
    // An observer of its own: RxJS would take a subscriber for what it is, and it would be left wherever it is left.
    const observer: Observer<T> = {
      next: (value) => {
        subscriber.next(value);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    };
    const inner = new Subscription();
    subscriber.add(() => {
      zone.runOutsideAngular(() => {
        inner.unsubscribe();
      });
    });
    zone.runOutsideAngular(() => ownedBy(source, inner).subscribe(observer));
  });
}

/** A subject stays one: only what goes into it and who hears it is outside. */
function subjectOutside<T>(source: Subject<T>, zone: NgZone): Subject<T> {
  const stream$ = streamOutside(source, zone);
  return new Proxy(source, {
    get: (target, name, receiver): unknown => {
      if (name === 'subscribe') return (observer: Partial<Observer<T>>) => stream$.subscribe(observer);
      if (name !== 'next') return Reflect.get(target, name, receiver);
      return (value: T): void => {
        zone.runOutsideAngular(() => {
          target.next(value);
        });
      };
    },
  });
}
