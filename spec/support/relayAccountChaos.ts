import type { Observable, Subscription, VirtualTimeScheduler } from 'rxjs';
import type { AccountEvent, AccountState } from '../../lib/model/accountEvent.js';
import { type Bus, type Relayed, memoryBus, relay, relayed } from '../../lib/relay/index.js';
import { encoded } from '../../lib/relay/wire/plain.js';
import { type FaultName, faultsFromSeed, simulatedTastytrade } from '../../lib/simulation/index.js';
import { type Random, random } from '../../lib/simulation/random.js';
import {
  type TastytradeAccount,
  type TastytradeExchange,
  tastytrade,
  tastytradeStreams,
} from '../../lib/venues/tastytrade/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { restless } from './chaosRestless.js';
import { GatewayProcess, commonTroubles } from './gatewayProcess.js';
import { type TroubledBus, troubled } from './relayTrouble.js';

/** What became of one seed. */
export interface RelayAccountReport {
  readonly seed: number;
  readonly problems: readonly string[];
  /** How many relayed states that say live were held against those of the gateways. */
  readonly compared: number;
  readonly made: Readonly<Partial<Record<Trouble, number>>>;
  /** How long after the last trouble all was well again, in ms. */
  readonly recovery: number;
}

export const troubles = ['loss', 'bus', 'kill', 'goodbye', 'block', 'half open', 'venue'] as const;
type Trouble = (typeof troubles)[number];
type State = AccountState<TastytradeAccount>;

const ACCOUNT = '5WT00000';
const NAME = 'main';
const SECRETS = [ACCOUNT, 'simulated-client-secret', 'simulated-refresh-token', 'Bearer '];
const TROUBLE_UNTIL = 12_000;
/** A gateway's wire has just died: two heartbeats and an answer, the longest wait, a slow load and a pause. */
export const RECOVERY = 110_000;
/** A state that says live was a gateway's within this: silence of 2.5 s, looked at every 250 ms, and the ways. */
const FRESH = 4_000;
const venueFaults: readonly FaultName[] = [
  ...(['closeCleanly', 'terminate', 'corruptJson', 'duplicate', 'slowSnapshot', 'failingSnapshot'] as const),
];

/** Values do not change, and most of what is in one is in the next. */
const texts = new WeakMap<object, string>();
const plainText = (value: unknown): string => JSON.stringify(encoded(value)).replaceAll(ACCOUNT, NAME);

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plainText(value);
  const text = texts.get(value) ?? textOfObject(value);
  texts.set(value, text);
  return text;
}

function textOfObject(value: object): string {
  const isOfParts = value instanceof Map || Object.values(value).some((part) => part instanceof Map);
  if (!isOfParts) return plainText(value);
  const parts: readonly (readonly [unknown, unknown])[] =
    value instanceof Map ? [...value] : Object.entries(value).filter(([, part]) => part !== undefined);
  return parts.map(([key, part]) => `${plainText(key)}: ${textOf(part)}`).join('\n');
}

/** What gateways were sure of, and until when. */
class Ledger {
  compared = 0;
  readonly problems: string[] = [];
  /** Until when each was what a gateway was sure of; `Infinity` while it is. */
  readonly #until = new Map<string, number>();
  /** How many gateways are sure of each. */
  readonly #holders = new Map<string, number>();

  constructor(private readonly scheduler: VirtualTimeScheduler) {}

  blame(who: string, what: string): void {
    if (this.problems.length < 10) this.problems.push(`${this.scheduler.frame} ms, ${who}: ${what}`);
  }

  /** What one gateway is sure of from now on. */
  gateway(): (state: State | undefined) => void {
    let present: string | undefined;
    return (state) => {
      if (present !== undefined) this.#drop(present);
      present = state?.status === 'live' ? textOf(state.value) : undefined;
      if (present === undefined) return;
      this.#until.set(present, Infinity);
      this.#holders.set(present, (this.#holders.get(present) ?? 0) + 1);
    };
  }

  /** Another gateway may be sure of it still. */
  #drop(text: string): void {
    const left = (this.#holders.get(text) ?? 1) - 1;
    this.#holders.set(text, left);
    if (left === 0) this.#until.set(text, this.scheduler.frame);
  }

  /** Whether a value is what a gateway was sure of a moment ago. */
  judge(who: string, text: string): void {
    this.compared += 1;
    const until = this.#until.get(text);
    if (until === undefined) this.blame(who, 'says live what no gateway ever was sure of');
    else if (until < this.scheduler.frame - FRESH) this.blame(who, `says live what has been old since ${until}`);
  }

  isPresent(text: string): boolean {
    return this.#until.get(text) === Infinity;
  }
}

interface Around {
  readonly scheduler: VirtualTimeScheduler;
  readonly random: Random;
}

/** A process that has the account by the bus. */
class Consumer {
  readonly #exchange: Relayed<TastytradeExchange, typeof tastytradeStreams>;
  #text: string | undefined;
  #hasBegun = false;
  #isWatching = false;

  constructor(
    private readonly name: string,
    readonly bus: TroubledBus,
    private readonly ledger: Ledger,
    around: Around,
  ) {
    this.#exchange = relayed<TastytradeExchange, typeof tastytradeStreams>({
      venue: 'tastytrade',
      streams: tastytradeStreams,
      bus,
      ...around,
    });
  }

  watch(): void {
    this.#exchange.account(NAME).subscribe((state) => {
      this.#text = state.status === 'live' ? textOf(state.value) : undefined;
      this.look();
    });
    this.#exchange.events(NAME).subscribe((event) => {
      this.#follow(event);
    });
    this.#isWatching = true;
  }

  look(): void {
    if (this.#text !== undefined) this.ledger.judge(this.name, this.#text);
  }

  /** What others in its process may observe, too; events not before it does, since whoever comes later hears no reset. */
  get streams(): readonly (() => Observable<unknown>)[] {
    return [
      () => this.#exchange.account(NAME),
      () => (this.#isWatching ? this.#exchange.events(NAME) : this.#exchange.account(NAME)),
    ];
  }

  isWell(): boolean {
    return this.#text !== undefined && this.ledger.isPresent(this.#text);
  }

  leave(): void {
    this.#text = undefined;
    this.#exchange.close();
  }

  #follow(event: AccountEvent<unknown, unknown>): void {
    if (event.type === 'reset') this.#hasBegun = true;
    else if (!this.#hasBegun) this.ledger.blame(this.name, `${event.type} before any reset`);
    if (event.type === 'snapshot') this.ledger.judge(`${this.name}, a snapshot`, textOf(event.value));
  }
}

/** A gateway's exchange and its relay: to be ended together. The ledger knows what it is sure of. */
function relaying(exchange: TastytradeExchange, name: string, bus: Bus, ledger: Ledger, around: Around): Subscription {
  const told = ledger.gateway();
  // Heard before the relay hears it: what it tells is known by then.
  const running = exchange.account(ACCOUNT).subscribe(told);
  const offer = { account: [NAME], events: [NAME] };
  const config = { bus, as: name, streams: tastytradeStreams, accounts: { [NAME]: ACCOUNT }, offer, ...around };
  running.add(relay(exchange, config).subscribe());
  running.add(() => {
    told(undefined);
    exchange.close();
  });
  return running;
}

/** A venue with an account, one gateway or two, some consumers and what goes wrong, all from one seed, in virtual time. */
export function relayAccountChaos(seed: number): RelayAccountReport {
  const draw = random(seed * 29 + 3);
  const { scheduler, pass } = virtualDay();
  const around = { scheduler, random: draw };
  const hasVenueTrouble = draw() < 0.5;
  const faults = faultsFromSeed(seed, { from: 500, until: TROUBLE_UNTIL, faults: venueFaults, count: 3 });
  const venue = simulatedTastytrade({
    seed,
    scheduler,
    accounts: [ACCOUNT],
    activity: pick(draw, [1, 2]),
    latency: pick(draw, [0, 10]),
    faults: hasVenueTrouble ? faults : [],
  });
  const ledger = new Ledger(scheduler);
  const made: Partial<Record<Trouble, number>> = hasVenueTrouble ? { venue: 1 } : {};
  const note = (trouble: Trouble): void => {
    made[trouble] = (made[trouble] ?? 0) + 1;
  };
  let isTroubled = true;
  const rate = pick(draw, [0, 1 / 100, 1 / 20]);
  const most = pick(draw, [0, 5, 40]);
  const bus = memoryBus({
    scheduler,
    latency: () => between(draw, 0, most),
    loses: ({ text }) => {
      if (SECRETS.some((secret) => text.includes(secret))) ledger.blame('the bus', 'hears what is to be told nobody');
      if (!isTroubled || draw() >= rate) return false;
      note('loss');
      return true;
    },
  });
  const make = (): TastytradeExchange =>
    tastytrade({
      network: venue.network,
      accounts: [ACCOUNT],
      login: { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' },
      ...around,
    });
  const names = draw() < 0.6 ? ['A', 'B'] : ['A'];
  const gateways = names.map((name) => new GatewayProcess(bus, (way) => relaying(make(), name, way, ledger, around)));
  const consumers = Array.from(
    { length: between(draw, 1, 2) },
    (_, i) => new Consumer(`consumer ${i + 1}`, troubled(bus), ledger, around),
  );
  const trouble = (): void => {
    const begins = between(draw, 1_000, TROUBLE_UNTIL - 5_000);
    const kind = pick(draw, ['bus', 'kill', 'goodbye', 'block', 'half open'] as const);
    const gateway = pick(draw, gateways);
    const consumer = pick(draw, consumers);
    note(kind);
    const [begin, end] = commonTroubles(bus, gateway, consumer)[kind];
    scheduler.schedule(begin, begins);
    scheduler.schedule(end, begins + between(draw, 200, 4_500));
  };

  const streams = consumers.flatMap((one) => one.streams);
  const crowd = seed % 2 === 0 ? restless(streams, random(seed * 37 + 11), scheduler, TROUBLE_UNTIL) : undefined;
  let recovery = Infinity;
  try {
    const stopMarket = venue.market.run();
    const step = (ms: number): void => {
      pass(ms);
      // Who is held up shows what it had.
      for (const consumer of consumers) consumer.look();
    };
    for (const gateway of gateways) gateway.start();
    for (const consumer of consumers) scheduler.schedule(() => consumer.watch(), between(draw, 0, 3_000));
    for (let count = between(draw, 1, 3); count > 0; count -= 1) trouble();
    for (let passed = 0; passed < TROUBLE_UNTIL; passed += 500) step(500);
    isTroubled = false;
    crowd?.stop();
    venue.faults.clear();
    bus.start();
    for (const gateway of gateways) gateway.start();
    for (recovery = 0; recovery < RECOVERY && !consumers.every((one) => one.isWell()); recovery += 500) step(500);
    consumers.forEach((one, i) => {
      if (!one.isWell()) ledger.blame(`consumer ${i + 1}`, 'is not well again in time');
    });
    step(3_000);
    for (const consumer of consumers) consumer.leave();
    for (const gateway of gateways) gateway.stop();
    stopMarket();
    pass(5_000);
    const left = scheduler.actions.length;
    if (left > 0) ledger.blame('the end', `${left} actions are left in the scheduler`);
    if (bus.connections > 0) ledger.blame('the end', `${bus.connections} connections are open`);
  } catch (error) {
    ledger.blame('the run', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { seed, problems: ledger.problems, compared: ledger.compared, made, recovery };
}
