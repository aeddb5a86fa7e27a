import { Observable, type SchedulerLike, Subscription, tap } from 'rxjs';
import { WireLostError } from '../../../errors/wireLostError.js';
import { passOn } from '../../../feed/passOn.js';
import type { Wire } from '../../../network/network.js';
import { LifeSigns } from '../../../socket/session/lifeSigns.js';
import { FIRST_BYTE, SILENCE } from '../endpoint.js';

/**
 * A stream that is lost, with reason `silent`, when it says nothing: a chunk counts, whatever it holds. Connections that
 * died unnoticed were seen to last for days, and streams that open and never say a word.
 */
export function lostWhenSilent(wire$: Observable<Wire>, scheduler: SchedulerLike): Observable<Wire> {
  return new Observable((subscriber) => {
    let hasSpoken = false;
    const watch = (wire: Wire): Wire => {
      const timers = new Subscription();
      subscriber.add(timers);
      const signs = new LifeSigns({
        silence: () => (hasSpoken ? SILENCE : FIRST_BYTE),
        probeWithin: 0,
        scheduler,
        timers,
        ping: () => false,
        silent: (text) => {
          subscriber.error(new WireLostError('silent', text));
        },
      });
      const hear = (): void => {
        hasSpoken = true;
        signs.hear();
      };
      subscriber.add(wire.activity?.subscribe(hear));
      signs.watch();
      return {
        messages: wire.messages.pipe(tap(hear)),
        activity: wire.activity,
        send: (text) => {
          wire.send(text);
        },
        close: (code, reason) => {
          wire.close(code, reason);
        },
      };
    };
    subscriber.add(
      passOn(wire$, subscriber, (wire) => {
        subscriber.next(watch(wire));
      }),
    );
  });
}
