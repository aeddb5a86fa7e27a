import {
  AuthorizationError,
  type Authenticator,
  type ConnectionOptions,
  type NatsConnection,
  PermissionViolationError,
  UserAuthenticationExpiredError,
  connect,
  createInbox,
} from '@nats-io/transport-node';
import { Observable, type Unsubscribable } from 'rxjs';
import { check } from '../errors/checks.js';
import { type OptionRule, anObject, anything, aText, checkOptions } from '../errors/optionRules.js';
import { WireLostError } from '../errors/wireLostError.js';
import { KnownSecrets } from '../network/knownSecrets.js';
import { withoutSecrets } from '../network/withoutSecrets.js';
import type { Bus, BusConnection, BusMessage } from '../relay/index.js';

/** Which servers carry the messages, and who we are to them. */
export interface NatsOptions {
  /** `nats://127.0.0.1:4222`, or `tls://…`; of several whichever lets us in. Without a user: see `connection`. */
  readonly servers: string | readonly string[];
  /** What the server calls this connection in its monitoring. Default: `millrace`. */
  readonly connectionName?: string;
  /**
   * What else the client of NATS takes: `user` and `pass`, `token`, `authenticator: credsAuthenticator(…)`, `tls`, and
   * `inboxPrefix`, under which answers come: whoever may hear it hears them. Its own reconnecting stays off: a connection is a session, and the exchange's backoff waits between two of them.
   */
  readonly connection?: Omit<ConnectionOptions, 'servers' | 'reconnect' | 'name'>;
}

const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^((nats|tls):\/\/)?[^\s/?#@]+$/.test(value);
const isServers = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isAddress) : isAddress(value);
const servers: OptionRule = [anything[0], anything[1]];

/** What NATS takes of options, for whoever checks its own. */
export const natsRules: Readonly<Record<string, OptionRule>> = {
  servers,
  connectionName: aText,
  connection: anObject,
};

/** A server that does not answer for so long is lost, in ms: asked every so often, twice without an answer. */
const PING_EVERY = 2_000;
const UNANSWERED = 2;
/** How long connecting may take, in ms. */
const WITHIN = 5_000;

/**
 * A NATS server, or a cluster, as a bus. Core NATS alone: nothing is stored, and what nobody hears is gone.
 *
 * @throws InvalidArgumentError for options that can't be meant. An address with a user in it is shown nowhere.
 */
export function natsBus(options: NatsOptions): Bus {
  checkOptions('options', options, natsRules);
  const { servers: given, connectionName = 'millrace', connection = {} } = options;
  check('servers', isServers(given), 'nats://host:port, one or a list, without a user', typeof given);
  const known = new KnownSecrets();
  const { authenticator } = connection;
  const config: ConnectionOptions = {
    timeout: WITHIN,
    pingInterval: PING_EVERY,
    maxPingOut: UNANSWERED,
    ...connection,
    ...(authenticator !== undefined && { authenticator: [authenticator].flat().map((one) => learning(one, known)) }),
    servers: typeof given === 'string' ? given : [...given],
    name: connectionName,
    reconnect: false,
  };
  learn(connection, known);
  return { connect: () => connectedTo(config, known) };
}

/** What of a login is secret. */
function learn(login: unknown, known: KnownSecrets): void {
  const { pass, token, auth_token, jwt, sig } = Object(login) as Readonly<Record<string, unknown>>;
  for (const one of [pass, token, auth_token, jwt, sig]) if (typeof one === 'string') known.add(one);
}

const learning =
  (authenticator: Authenticator, known: KnownSecrets): Authenticator =>
  (nonce) => {
    const login = authenticator(nonce);
    learn(login, known);
    return login;
  };

const connectedTo = (config: ConnectionOptions, known: KnownSecrets): Observable<BusConnection> =>
  new Observable((subscriber) => {
    let opened: NatsConnection | undefined;
    const lose = (error: unknown): void => {
      subscriber.error(withoutSecrets(lossOf(error), known));
    };
    connect(config).then((nats) => {
      opened = nats;
      if (subscriber.closed) {
        void nats.close();
        return;
      }
      void nats.closed().then(lose);
      void watched(nats, lose);
      subscriber.next(new NatsBusConnection(nats, createInbox(config.inboxPrefix), lose));
    }, lose);
    return () => {
      // What was said goes out first.
      if (opened !== undefined && !opened.isClosed()) opened.drain().catch(ignored);
    };
  });

/** What the server refuses to do for us is told beside all else. */
async function watched(nats: NatsConnection, lose: (error: unknown) => void): Promise<void> {
  for await (const status of nats.status()) if (status.type === 'error') lose(status.error);
}

function lossOf(error: unknown): WireLostError {
  if (!(error instanceof Error)) return new WireLostError('closed', 'the server ended the connection');
  const isOurs =
    error instanceof AuthorizationError ||
    error instanceof PermissionViolationError ||
    error instanceof UserAuthenticationExpiredError;
  return new WireLostError(isOurs ? 'auth' : 'failed', `nats: ${error.message}`, undefined, { cause: error });
}

const ignored = (): void => undefined;

class NatsBusConnection implements BusConnection {
  constructor(
    private readonly nats: NatsConnection,
    readonly inbox: string,
    private readonly lose: (error: unknown) => void,
  ) {}

  publish(subject: string, text: string, reply?: string): void {
    this.#trying(() => {
      this.nats.publish(subject, text, reply === undefined ? {} : { reply });
    });
  }

  subscribe(subject: string, heard: (message: BusMessage) => void): Unsubscribable {
    const { nats, lose } = this;
    if (nats.isClosed()) return { unsubscribe: ignored };
    const subscription = nats.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) lose(error);
        // The server's word that nobody hears what was asked is no answer.
        else if (message.headers === undefined) {
          heard({ subject: message.subject, text: message.string(), reply: message.reply });
        }
      },
    });
    return {
      unsubscribe: () => {
        if (!nats.isClosed()) subscription.unsubscribe();
      },
    };
  }

  flush(): Observable<unknown> {
    return new Observable((subscriber) => {
      this.nats.flush().then(
        () => {
          subscriber.next(true);
          subscriber.complete();
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    });
  }

  /** What is said on a connection that is lost is nobody's: its loss is told. */
  #trying(run: () => void): void {
    if (this.nats.isClosed() || this.nats.isDraining()) return;
    try {
      run();
    } catch (error) {
      this.lose(error);
    }
  }
}
