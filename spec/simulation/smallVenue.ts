import { of, VirtualTimeScheduler } from 'rxjs';
import type { FaultPlan, Refusal, SimulatedConnection, SimulatedVenue } from '../../lib/simulation/index.js';
import { simulatedMarket } from '../../lib/simulation/market/simulatedMarket.js';
import { VenueServer } from '../../lib/simulation/venueServer.js';
import { VenueSession } from '../../lib/simulation/venueSession.js';

/** What a session did, and what was done to its client, in order. */
export type Log = string[];

/** Says `hello` when it is let in, `echo` to what it hears, and each step as a diff. */
export class SmallSession extends VenueSession {
  readonly log: Log = [];

  protected get subscriptions(): readonly string[] {
    return ['steps'];
  }

  override begin(): void {
    this.send('hello');
  }

  pulse(_: number, isHurried: boolean): void {
    this.pass({ stream: 'steps', diff: true, text: isHurried ? '{"hurried":1}' : '{"step":1}' });
  }

  /** Goes over a limit by saying so. */
  protected hear(text: string): void {
    if (text === 'too much') this.violate('words', 1008, 'enough');
    else this.send(`echo ${text}`);
  }

  protected override left(): void {
    this.log.push('left');
  }
}

export interface SmallVenue {
  readonly scheduler: VirtualTimeScheduler;
  readonly server: VenueServer<SmallSession>;
  readonly venue: SimulatedVenue;
  /** Those that were ever let in. */
  readonly sessions: SmallSession[];
  /** What the connection of a client has met. */
  connect(url?: string): { readonly session: SmallSession | undefined; readonly met: Log; readonly refusal: unknown };
  until(time: number): void;
}

/** A venue of one quiet market, whose door is open to `/open` and `/teapot` refuses in its own words. */
export function smallVenue(faults: FaultPlan = [], refusal?: (status: number) => Refusal): SmallVenue {
  const scheduler = new VirtualTimeScheduler();
  const market = simulatedMarket({ scheduler, instruments: ['BTCUSDT'], depth: 3 });
  const server = new VenueServer<SmallSession>({
    market,
    seed: 1,
    scheduler,
    faults,
    ownFaults: [],
    latency: 1,
    ...(refusal === undefined ? {} : { refusal }),
  });
  const sessions: SmallSession[] = [];
  server.onStep((at, isHurried) => {
    server.pulse(at, isHurried);
  });
  const venue = server.venue({
    name: 'small',
    http: () => of({ status: 404, headers: {}, body: '' }),
    door: ({ pathname: url }, _, connection) => {
      if (url === '/teapot') return { refuse: 418, body: 'short and stout' };
      if (url !== '/open') return 404;
      return (
        server.refusedByPlan(url) ??
        ((seat) => {
          const session = new SmallSession({ ...seat, url }, server.host, connection);
          sessions.push(session);
          return session;
        })
      );
    },
  });
  return {
    scheduler,
    server,
    venue,
    sessions,
    connect: (url = '/open') => {
      const met: Log = [];
      const connection: SimulatedConnection = {
        send: (text) => met.push(text),
        close: (code) => met.push(`close ${code}`),
        terminate: () => met.push('terminate'),
        pong: () => met.push('pong'),
        freeze: () => met.push('freeze'),
      };
      const answer = venue.accept({ url, headers: {} }, connection);
      return answer instanceof SmallSession
        ? { session: answer, met, refusal: undefined }
        : { session: undefined, met, refusal: answer };
    },
    until: (time) => {
      scheduler.schedule(() => undefined, time - scheduler.now());
      scheduler.maxFrames = time;
      scheduler.flush();
    },
  };
}
