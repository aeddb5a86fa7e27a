import { type Observable, tap } from 'rxjs';
import { every } from '../../socket/every.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../socket/plan.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import { PING, PONG, asking, hearing, leaving } from '../wire/commands.js';
import { type Answer, answerOf, messageOf } from '../wire/messages.js';
import { type StreamName, partsOf, statusSubject } from '../wire/subjects.js';
import { isValueMethod, valueKinds } from '../wire/kinds.js';
import type { OwnStreamKind } from '../../feed/ownStreams.js';
import { DepthProgram } from './depthProgram.js';
import { Lag } from './lag.js';
import { OwnProgram } from './ownProgram.js';
import type { Program, ProgramChannel } from './program.js';
import { Reception } from './reception.js';
import type { Station } from './station.js';
import { ValueProgram } from './valueProgram.js';

/** How often stations are looked after, in ms. */
const TICK = 250;
/** The channel of what gateways tell of themselves. */
export const STATUS = 'status';

/** What a relayed channel is asked for by. */
export interface RelayedStream {
  readonly method: string;
  readonly instrument: string;
  readonly name: StreamName;
  /** How it tells, where it is one of the venue's own. */
  readonly own?: OwnStreamKind | undefined;
}

export interface RelayedDialectConfig {
  readonly venue: string;
  readonly gateways: readonly string[];
  readonly isAll: boolean;
  /** Whether what gateways that offer accounts tell of themselves is heard, too. */
  readonly hasAccounts: boolean;
  /** How late messages may come, in ms. */
  readonly maxLag: number;
  readonly scheduler: SteadyScheduler;
}

/** A gateway's stream ends a question that is not answered for so many ticks. */
const FORGOTTEN_TICKS = 40;

/** How consumers talk over a bus: they join streams, and hear them. One session. */
export class RelayedDialect implements Dialect {
  readonly #receptions = new Map<string, Reception>();
  readonly #stations = new Map<string, Station>();
  readonly #pending = new Map<string, { readonly answered: (answer: Answer) => void; ticks: number }>();
  readonly #lags = new Map<string, Lag>();
  #lastId = 0;
  /** While a request is made up, what is said goes with it. */
  #saying: string[] | undefined;

  constructor(
    private readonly config: RelayedDialectConfig,
    private readonly link: Link,
  ) {}

  receive(text: string): void {
    if (text === PONG) return;
    const at = text.indexOf(' ');
    const to = text.slice(0, at);
    const payload = text.slice(at + 1);
    if (to.startsWith('#')) this.#answer(to.slice(1), payload);
    else this.#hear(to, payload);
  }

  alongside(): Observable<unknown> {
    return every(TICK, this.config.scheduler).pipe(
      tap(() => {
        this.#tick();
      }),
    );
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    return this.#gathered(() => {
      for (const topic of topics) this.#begin(topic);
    });
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return this.#gathered(() => {
      for (const { key } of topics) {
        if (key === STATUS) for (const subject of this.#statusSubjects()) this.#send(leaving(subject));
        this.#receptions.get(key)?.end();
        this.#receptions.delete(key);
      }
    });
  }

  probe(): string {
    return PING;
  }

  #begin({ key, detail }: Topic): void {
    if (key === STATUS) {
      for (const subject of this.#statusSubjects()) this.#send(hearing(subject));
      return;
    }
    this.#receptions.get(key)?.end();
    const reception = this.#receptionOf(detail as RelayedStream);
    this.#receptions.set(key, reception);
    reception.find();
  }

  #statusSubjects(): readonly string[] {
    const { venue, hasAccounts } = this.config;
    return (hasAccounts ? [false, true] : [false]).map((isAccount) => statusSubject(venue, '*', isAccount));
  }

  #receptionOf(stream: RelayedStream): Reception {
    const { name } = stream;
    const { venue, gateways, isAll } = this.config;
    const { link } = this;
    let isOver = false;
    const whileOn = (run: () => void): void => {
      if (!isOver) run();
    };
    const channel: ProgramChannel = {
      deliver: (message) => {
        link.deliver(reception.key, message);
      },
      confirm: () => {
        link.confirmed(reception.key);
      },
      interrupted: () => {
        whileOn(() => {
          isOver = true;
          reception.end();
          link.interrupted(reception.key);
        });
      },
    };
    const reception: Reception = new Reception({
      venue,
      name,
      gateways,
      isAll,
      program: programOf(stream, channel, isAll),
      wire: {
        ask: (subject, question, answered) => {
          this.#ask(subject, question, answered);
        },
        hear: (station) => {
          this.#stations.set(station.subject, station);
          this.#send(hearing(station.subject));
        },
        leave: (station) => {
          if (this.#stations.get(station.subject) !== station) return;
          this.#stations.delete(station.subject);
          this.#send(leaving(station.subject));
        },
      },
      refused: (text) => {
        link.rejected(reception.key, text);
      },
      report: (text) => {
        link.report(text);
      },
    });
    return reception;
  }

  #ask(subject: string, question: 'find' | 'join', answered: (answer: Answer) => void): void {
    this.#lastId += 1;
    const id = String(this.#lastId);
    this.#pending.set(id, { answered, ticks: 0 });
    this.#send(asking(id, subject, question));
  }

  #answer(id: string, payload: string): void {
    const answer = answerOf(payload);
    if (answer === undefined) this.link.report('an answer that no gateway gives');
    else if (this.#isInTime(answer.g, answer.w)) this.#pending.get(id)?.answered(answer);
  }

  #hear(subject: string, payload: string): void {
    const message = messageOf(payload);
    const { gateway, key } = partsOf(subject);
    const station = this.#stations.get(subject);
    if (key === STATUS) this.link.deliver(STATUS, message === undefined ? payload : { ...message, g: gateway });
    else if (station === undefined) return;
    // Whatever it was, it is missing from now on: that shows with the next number.
    else if (message === undefined) this.link.deliver(key, payload);
    else if (this.#isInTime(gateway, message.w)) station.hear(message);
  }

  /** Whoever is too far behind would take for live what is old. */
  #isInTime(gateway: string, sent: number): boolean {
    let lag = this.#lags.get(gateway);
    if (lag === undefined) this.#lags.set(gateway, (lag = new Lag()));
    const late = lag.of(sent, this.config.scheduler.now());
    if (late <= this.config.maxLag) return true;
    this.link.lose('silent', `messages of ${gateway} come ${Math.round(late)} ms late`);
    return false;
  }

  #tick(): void {
    for (const [id, pending] of this.#pending) {
      pending.ticks += 1;
      if (pending.ticks > FORGOTTEN_TICKS) this.#pending.delete(id);
    }
    for (const reception of [...this.#receptions.values()]) reception.tick();
  }

  #send(text: string): void {
    if (this.#saying === undefined) this.link.send(text);
    else this.#saying.push(text);
  }

  /** What is said meanwhile, as one request. */
  #gathered(run: () => void): TopicRequest {
    const texts: string[] = (this.#saying = []);
    run();
    this.#saying = undefined;
    const [text, ...more] = texts;
    return text === undefined ? {} : { text, more };
  }
}

function programOf({ method, instrument, own }: RelayedStream, channel: ProgramChannel, isAll: boolean): Program {
  if (own === 'states' || own === 'events') return new OwnProgram(channel);
  if (own !== undefined) return new ValueProgram({ ...channel, isMerged: false });
  return isValueMethod(method)
    ? new ValueProgram({ ...channel, isMerged: isAll && !valueKinds[method].isState })
    : new DepthProgram({ ...channel, instrument, isAll });
}
