import { asyncScheduler, of, type Observable, type SchedulerLike } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../../lib/network/network.js';
import { checkVenueConfig } from '../../../lib/simulation/checkVenueConfig.js';
import { random, seedFor } from '../../../lib/simulation/random.js';
import type { SimulatedConnection, SimulatedVenue } from '../../../lib/simulation/simulatedVenue.js';
import type { SimulatedVenueConfig } from '../../../lib/simulation/simulatedVenueConfig.js';
import type { DepthSides } from '../../../lib/simulation/topics/depthWindow.js';
import type { TopicSession } from '../../../lib/simulation/topics/topicSession.js';
import { type TopicVenueHost, topicVenue } from '../../../lib/simulation/topics/topicVenue.js';
import type { SessionConfig } from '../../../lib/simulation/venueSession.js';
import { Spells } from '../chaosMeddling.js';

/** What every session of a spec's venue needs of it. */
export interface SpecVenueHost extends TopicVenueHost {
  /** What the venue does that is rare, by its own names. */
  readonly oddities: Spells<string>;
  readonly scheduler: SchedulerLike;
  /** Where numbers begin: another place each time. */
  firstNumber(): number;
  /** A number in [0, 1). */
  draw(): number;
}

/** What a venue has besides sessions. */
export interface SpecVenueParts {
  /** Answers requests. Default: there is nothing to be requested. */
  readonly http?: (request: HttpRequest) => Observable<HttpResponse>;
  /** Follows each step of the market, ahead of the streams. */
  readonly step?: (now: number) => void;
  /** The status that a connection is refused with, if it is. */
  readonly refused?: (location: URL) => number | undefined;
  /**
   * The books that those who hear all of a symbol have one after the other by the last step, where they are not the market's
   * as it stands after it.
   */
  readonly statesOf?: (symbol: string, kind: string) => readonly DepthSides[];
}

export type SpecVenue = SimulatedVenue & Pick<SpecVenueParts, 'statesOf'>;

export interface SpecVenueConfig<S extends TopicSession, P extends SpecVenueParts = SpecVenueParts> {
  readonly name: string;
  readonly spell: (base: string, quote: string) => string;
  /** Where connections are let in. */
  readonly door: RegExp;
  readonly session: (seat: SessionConfig, host: SpecVenueHost, connection: SimulatedConnection, parts: P) => S;
  /** Default: none. */
  readonly parts?: (host: SpecVenueHost) => P;
}

const nothing = (): HttpResponse => ({ status: 404, headers: {}, body: '' });

/**
 * A venue that exists for specs alone, on the machinery of the public ones: topics on sockets, and requests where it has any.
 * What a venue's page says stands in its session, its streams and its parts.
 */
export function specVenue<S extends TopicSession, P extends SpecVenueParts = SpecVenueParts>(
  { name, spell: nameOf, door: path, session, parts: partsOf = () => ({}) as P }: SpecVenueConfig<S, P>,
  config: SimulatedVenueConfig,
  oddities?: Spells<string>,
): SpecVenue {
  checkVenueConfig(config, {}, {});
  const { seed = 1, scheduler = asyncScheduler } = config;
  const draw = random(seedFor(seed, 'numbers'));
  const firstNumber = (): number => 1 + Math.floor(draw() * 10 ** (1 + 10 * draw()));
  let parts: P | undefined;
  const venue = topicVenue(
    {
      name,
      ownFaults: [],
      nameOf,
      path,
      http: () => parts?.http ?? (() => of(nothing())),
      refused: (location) => parts?.refused?.(location),
      steps: () => (now) => parts?.step?.(now),
      sessions: (common) => {
        const rare = oddities ?? new Spells<string>([], common.now);
        const host = { ...common, scheduler, draw, firstNumber, oddities: rare };
        const own = partsOf(host);
        parts = own;
        return (seat, connection) => session(seat, host, connection, own);
      },
    },
    config,
  );
  const { statesOf } = parts ?? {};
  return statesOf === undefined ? venue : { ...venue, statesOf };
}
