import type { Answer } from '../wire/messages.js';
import { ANY, type StreamName, joinSubject, keyOf, streamSubject } from '../wire/subjects.js';
import { Station, type StationLoss } from './station.js';
import type { Program } from './program.js';

/** What a reception does on its session's wire. */
export interface ReceptionWire {
  /** Asks; whoever answers is told. */
  readonly ask: (subject: string, question: 'find' | 'join', answered: (answer: Answer) => void) => void;
  /** Has a station hear its subject. */
  readonly hear: (station: Station) => void;
  readonly leave: (station: Station) => void;
}

export interface ReceptionConfig {
  readonly venue: string;
  readonly name: StreamName;
  /** Which gateways are asked; empty: whichever serves it. */
  readonly gateways: readonly string[];
  /** Whether all of them are heard. */
  readonly isAll: boolean;
  readonly wire: ReceptionWire;
  /** What is made of what the stations tell. */
  readonly program: Program;
  /** The venue refused it, says a gateway, and no other has it. */
  readonly refused: (text: string) => void;
  /** Nobody serves it. */
  readonly report: (text: string) => void;
}

/** Ticks between two rounds of questions: while nobody can be trusted, and while all is well and all are heard. */
const SEARCH_TICKS = 4;
const LOOK_ROUND_TICKS = 20;
/** Ticks that a live gateway is waited for before one is taken that is not. */
const WAIT_TICKS = 1;
/** Rounds without an answer after which it is told. */
const TOLD_AFTER = 4;

/** One stream in one session: which gateways are asked for it, which are heard, and when others are looked for. */
export class Reception {
  readonly key: string;
  readonly #stations = new Map<string, Station>();
  /** Who answered this round without being live, or that there is no more. */
  #spare: string | undefined;
  #refusal: string | undefined;
  #ticks = 0;
  #rounds = 0;
  #isOver = false;

  constructor(private readonly config: ReceptionConfig) {
    this.key = keyOf(config.name);
  }

  /** Looks for gateways. */
  find(): void {
    this.#ticks = 0;
    this.#rounds += 1;
    this.#spare = this.#refusal = undefined;
    const { venue, gateways, name, wire } = this.config;
    for (const gateway of gateways.length === 0 ? [ANY] : gateways) {
      wire.ask(joinSubject(venue, gateway, name), 'find', (answer) => {
        this.#found(answer);
      });
    }
  }

  tick(): void {
    for (const station of [...this.#stations.values()]) station.tick();
    if (!this.#isOver) this.config.program.tick(this.#live());
    if (this.#isOver) return;
    this.#ticks += 1;
    if (this.#ticks === WAIT_TICKS + 1) this.#settle();
    this.#look();
  }

  end(): void {
    this.#isOver = true;
    for (const station of [...this.#stations.values()]) this.#drop(station);
  }

  /** Looks for others while nobody can be trusted, and every so often where all are heard. */
  #look(): void {
    if (this.#isOver) return;
    const isWell = this.#live().length > 0;
    if (isWell) this.#rounds = 0;
    const pause = isWell ? LOOK_ROUND_TICKS : SEARCH_TICKS;
    if (this.#ticks < pause || (isWell && !this.config.isAll)) return;
    if (this.#rounds === TOLD_AFTER && this.#stations.size === 0)
      this.config.report(`${this.key}: no gateway serves it`);
    this.find();
  }

  #live(): readonly Station[] {
    return [...this.#stations.values()].filter(({ isLive, isFollowing }) => isLive && isFollowing);
  }

  #found({ g, t, y, refused, live }: Answer): void {
    const { gateways, isAll } = this.config;
    if (this.#isOver || (gateways.length > 0 && !gateways.includes(g))) return;
    if (t === 'b') {
      if (refused === true) this.#refusal = String(y);
    } else if (this.#stations.has(g)) return;
    else if (isAll && !this.config.program.isSingle) this.#take(g);
    else if (live !== true) this.#spare ??= g;
    else if ([...this.#stations.values()].every(({ isFollowing, isLive }) => isFollowing && !isLive)) {
      // Whoever was heard until now is there, but nobody is to trust it.
      for (const station of [...this.#stations.values()]) this.#drop(station);
      this.#take(g);
    }
  }

  /** Nobody who is live has answered: one who is not tells when it is. */
  #settle(): void {
    if (this.#stations.size > 0) return;
    if (this.#spare !== undefined) this.#take(this.#spare);
    else if (this.#refusal !== undefined) this.config.refused(this.#refusal);
  }

  #take(gateway: string): void {
    const { venue, name, wire, program } = this.config;
    const station: Station = new Station({
      gateway,
      subject: streamSubject(venue, gateway, name),
      joined: (one, answer) => {
        program.joined(one, answer, this.#others(one));
        if (program.isSingle) this.#keepOnly(one);
      },
      heard: (one, message) => {
        program.heard(one, message, this.#others(one));
        // Looked for at the next tick.
        if (!one.isLive) this.#ticks = Math.max(this.#ticks, SEARCH_TICKS);
      },
      lost: (one, loss) => {
        this.#lost(one, loss);
      },
    });
    this.#stations.set(gateway, station);
    wire.hear(station);
    wire.ask(joinSubject(venue, gateway, name), 'join', (answer: Answer) => {
      if (answer.g === gateway) station.answered(answer);
    });
  }

  #others(station: Station): readonly Station[] {
    return this.#live().filter((other) => other !== station);
  }

  /** What can't be merged is heard of one. */
  #keepOnly(station: Station): void {
    for (const other of [...this.#stations.values()]) if (other !== station) this.#drop(other);
  }

  #drop(station: Station): void {
    station.end();
    this.config.wire.leave(station);
    if (this.#stations.get(station.gateway) === station) this.#stations.delete(station.gateway);
  }

  #lost(station: Station, loss: StationLoss): void {
    this.#drop(station);
    this.config.program.lost(station, loss, this.#others(station));
    // The program may have had the whole stream subscribed anew.
    if (!this.#isOver) this.find();
  }
}
