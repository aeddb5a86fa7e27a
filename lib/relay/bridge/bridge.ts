import { type Observable, type SchedulerLike, Subscription, of } from 'rxjs';
import { check } from '../../errors/checks.js';
import {
  type OptionRule,
  aBoolean,
  aFunction,
  aScheduler,
  anything,
  aText,
  checkOptions,
} from '../../errors/optionRules.js';
import type { HttpResponse } from '../../network/network.js';
import { withDefaults } from '../../feed/defaults.js';
import type { Bus, BusConnection } from '../bus/bus.js';
import { BusDesk } from '../bus/busDesk.js';
import { busNetwork } from '../bus/busNetwork.js';
import { connected, relayBackoff } from '../bus/connected.js';
import type { Command } from '../wire/commands.js';
import { isJoinSubject, isStreamSubject } from '../wire/subjects.js';
import { SharedConnection } from './sharedConnection.js';

/** Who may hear by a bridge. */
export interface BridgeOptions {
  /**
   * The pages that may connect, by their origins: `https://example.com`. Programs that are no pages name none, and need
   * none. Default: no page may.
   */
  readonly origins?: readonly string[];
  /** What everybody who connects must show: `Authorization: Bearer …`, or `?token=…` where a page can't. Default: nothing. */
  readonly token?: string;
  /** Whether streams of accounts may be heard as well, by whoever has the token. Default: they may not. */
  readonly accounts?: boolean;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
}

/** A connection as the bridge sees it. */
export interface BridgeClient {
  send(text: string): void;
  close(code: number, reason?: string): void;
}

/** How many subjects one client may hear. */
const SUBJECTS = 10_000;
/** Close codes of WebSockets (RFC 6455, 7.4.1; 1012 of the IANA registry). */
const POLICY = 1008;
const RESTART = 1012;

const isOrigin = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\/[^/\s]+$/.test(value);

const rules: Readonly<Record<string, OptionRule>> = {
  origins: anything,
  token: aText,
  accounts: aBoolean,
  scheduler: aScheduler,
  random: aFunction,
};

/**
 * Lets clients of WebSockets hear what gateways say on a bus, and ask them: the streams of markets and nothing else, unless accounts are granted. One
 * connection to the bus for all; whoever is connected when it is lost is closed, and comes again.
 */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #running: Subscription;
  readonly #clients = new Set<BridgeClient>();
  #shared: SharedConnection | undefined;

  /** @throws InvalidArgumentError for options that can't be meant. */
  constructor(bus: Bus, options: BridgeOptions = {}) {
    checkOptions('options', options, rules);
    const { origins = [], ...around } = options;
    const areOrigins = Array.isArray(origins) && origins.every(isOrigin);
    check('origins', areOrigins, 'a list of origins such as https://example.com', origins);
    const { accounts = false, token } = options;
    check('token', !accounts || token !== undefined, 'a token where accounts may be heard', 'none');
    this.#options = options;
    const { scheduler, random, timing } = withDefaults({
      ...(around.scheduler && { scheduler: around.scheduler }),
      ...(around.random && { random: around.random }),
      backoff: relayBackoff,
      network: busNetwork(bus),
    });
    const serve = (connection: BusConnection): Subscription => this.#serve(connection);
    this.#running = connected(bus, { backoff: timing.backoff, scheduler, random, serve }).subscribe({
      error: () => {
        this.#closeAll();
      },
    });
  }

  /** A client wants a connection. */
  accept(
    { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    client: BridgeClient,
  ): { receive(text: string): void; closed(): void } | { readonly refuse: number } {
    const { origins = [], token, accounts = false } = this.#options;
    const { origin, authorization } = headers;
    if (origin !== undefined && !origins.includes(origin)) return { refuse: 403 };
    if (token !== undefined && !isSame(tokenIn(url, authorization), token)) return { refuse: 401 };
    if (this.#shared === undefined) return { refuse: 503 };
    const view = this.#shared.view();
    const desk: BusDesk = new BusDesk({
      connection: view,
      allows: (command) => allows(command, desk.size, accounts),
      send: (text) => {
        client.send(text);
      },
    });
    this.#clients.add(client);
    return {
      receive: (text) => {
        if (!desk.obey(text))
          client.close(
            POLICY,
            accounts ? 'hear, leave, ask or ping' : 'hear, leave, ask or ping; streams of markets only',
          );
      },
      closed: () => {
        this.#clients.delete(client);
        desk.close();
      },
    };
  }

  /** There is nothing to have by requests. */
  http(): Observable<HttpResponse> {
    return of({ status: 426, headers: { upgrade: 'websocket' }, body: '' });
  }

  /** Closes every client, and the connection to the bus. */
  close(): void {
    this.#running.unsubscribe();
    this.#closeAll();
  }

  #serve(connection: BusConnection): Subscription {
    const shared = new SharedConnection(connection);
    this.#shared = shared;
    return new Subscription(() => {
      if (this.#shared === shared) this.#shared = undefined;
      shared.close();
      this.#closeAll();
    });
  }

  #closeAll(): void {
    for (const client of [...this.#clients]) client.close(RESTART, 'the bus is away');
  }
}

function allows(command: Command, heard: number, withAccounts: boolean): boolean {
  switch (command.type) {
    case 'hear':
      return heard < SUBJECTS && isStreamSubject(command.subject, withAccounts);
    case 'ask':
      return (
        isJoinSubject(command.subject, withAccounts) &&
        /^(find|join)$/.test(command.question) &&
        /^\w+$/.test(command.id)
      );
    default:
      return true;
  }
}

function tokenIn(url: string, authorization: string | undefined): string {
  const [, bearer] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
  const query = url.includes('?') ? new URLSearchParams(url.slice(url.indexOf('?'))) : undefined;
  return bearer ?? query?.get('token') ?? '';
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, meant: string): boolean {
  let apart = given.length ^ meant.length;
  for (let i = 0; i < meant.length; i += 1) apart |= given.charCodeAt(i % (given.length || 1)) ^ meant.charCodeAt(i);
  return apart === 0;
}
