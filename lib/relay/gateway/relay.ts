import { Observable, type SchedulerLike } from 'rxjs';
import { type OptionRule, aFunction, aScheduler, anObject, aText, checkOptions } from '../../errors/optionRules.js';
import { check } from '../../errors/checks.js';
import type { Exchange } from '../../feed/exchange.js';
import type { NoOwnStreams, OwnStreams } from '../../feed/ownStreams.js';
import { withDefaults } from '../../feed/defaults.js';
import type { ConnectionStatus } from '../../model/connection.js';
import type { BackoffPolicy } from '../../socket/backoff.js';
import { aBus } from '../bus/aBus.js';
import type { Bus } from '../bus/bus.js';
import { busNetwork } from '../bus/busNetwork.js';
import { connected, relayBackoff } from '../bus/connected.js';
import type { RelayOffer } from '../wire/kinds.js';
import { checkName } from '../wire/subjects.js';
import { AccountNames } from './accountNames.js';
import { Gateway } from './gateway.js';
import { offeredBy } from './offer.js';

/** How a gateway relays an exchange. */
export interface RelayConfig<E extends Exchange, S extends OwnStreams = NoOwnStreams> {
  /** On which it is relayed; several gateways may share one. */
  readonly bus: Bus;
  /** The gateway's name, one of its own on a bus: letters, digits, `-` and `_`. */
  readonly as: string;
  /**
   * What the venue is called on the bus. What differs by more than instruments needs names of its own. Default: the exchange's
   * own name, with its market or category where it has one: `okx`, `binance-spot`, `bybit-linear`.
   */
  readonly venue?: string;
  /** What is relayed. Each stream is held at the venue as long as the gateway runs, whether or not anybody hears it. */
  readonly offer: RelayOffer<E, S>;
  /**
   * The venue's own streams that may be offered too: `tradestationStreams`. Those of accounts go under a prefix of their own,
   * `millrace-account.1`, and with them all that the gateway tells of itself.
   */
  readonly streams?: S;
  /**
   * What accounts are called on the bus: `{ main: '5WT00001' }`. Streams are offered and asked for by the name, and it stands
   * in the number's place in all that is told. Default: an account is called by its number, which whoever may hear the prefix
   * of accounts then sees.
   */
  readonly accounts?: Readonly<Record<string, string>>;
  /** How long to wait before connecting to the bus again. Default: as exchanges do, but at most 2 s. */
  readonly backoff?: Partial<BackoffPolicy>;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
}

/** What all entry points check alike. */
export const relayRules: Readonly<Record<string, OptionRule>> = {
  as: aText,
  venue: aText,
  offer: anObject,
  streams: anObject,
  accounts: anObject,
  backoff: anObject,
  scheduler: aScheduler,
  random: aFunction,
};

/**
 * Relays streams of an exchange over a bus, for `relayed` in any number of processes. Cold: subscribing holds the streams and
 * connects to the bus, unsubscribing says good-bye and ends both; the exchange stays open.
 *
 * @returns Each step of the connection to the bus, as of a wire. Reconnects by itself; errors with what no retry can help.
 * @throws InvalidArgumentError (at the call) for a name, or an offer, that can't be meant.
 */
export function relay<E extends Exchange, S extends OwnStreams = NoOwnStreams>(
  exchange: E,
  config: RelayConfig<E, S>,
): Observable<ConnectionStatus> {
  checkOptions('config', config, { ...relayRules, bus: aBus });
  const { bus, as } = config;
  check('bus', aBus[0](bus), aBus[1], typeof bus);
  checkName('as', as);
  const { venue = busNameOf(exchange) } = config;
  checkName('venue', venue);
  const offered = offeredBy(config.offer, exchange, config.streams ?? {});
  const accounts = new AccountNames(config.accounts ?? {});
  const { scheduler, random, timing } = withDefaults({
    ...(config.scheduler && { scheduler: config.scheduler }),
    ...(config.random && { random: config.random }),
    backoff: { ...relayBackoff, ...config.backoff },
    network: busNetwork(bus),
  });

  return new Observable((subscriber) => {
    const epoch = `${scheduler.now().toString(36)}-${Math.floor(random() * 36 ** 6).toString(36)}`;
    const gateway = new Gateway({ exchange, venue, as, offered, accounts, epoch, scheduler });
    gateway.start();
    // Good-byes go out on the connection, so they are said first.
    subscriber.add(() => {
      gateway.stop();
    });
    subscriber.add(
      connected(bus, {
        backoff: timing.backoff,
        scheduler,
        random,
        serve: (connection) => gateway.serve(connection),
      }).subscribe(subscriber),
    );
  });
}

/** Two markets of one name may have the same instruments, which are not the same. */
function busNameOf(exchange: Exchange): string {
  const { market, category } = exchange as Exchange & { readonly market?: unknown; readonly category?: unknown };
  const kind = [market, category].find((one) => typeof one === 'string');
  return kind === undefined ? exchange.venue : `${exchange.venue}-${kind}`;
}
