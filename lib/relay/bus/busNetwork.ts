import { Observable, Subject, switchMap, throwError } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { Network, Wire } from '../../network/network.js';
import type { Bus, BusConnection } from './bus.js';
import { BusDesk } from './busDesk.js';

/** A bus as a network: each wire is a connection to it, on which a consumer's commands go out. Takes no requests. */
export const busNetwork = (bus: Bus): Network => ({
  open: () => bus.connect().pipe(switchMap(wireOn)),
  request: () => throwError(() => new RequestFailedError('a bus takes no requests')),
});

const wireOn = (connection: BusConnection): Observable<Wire> =>
  new Observable((subscriber) => {
    const messages = new Subject<string>();
    const desk = new BusDesk({
      connection,
      send: (text) => {
        messages.next(text);
      },
    });
    subscriber.add(() => {
      desk.close();
      messages.complete();
    });
    subscriber.next({
      messages: messages.asObservable(),
      send: (text) => {
        desk.obey(text);
      },
      close: () => {
        subscriber.complete();
      },
    });
  });
