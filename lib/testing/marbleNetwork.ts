import { filter, map, take, type Observable } from 'rxjs';
import { check } from '../errors/checks.js';
import { type OptionRule, aFunction, anObject, checkOptions } from '../errors/optionRules.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { HttpRequest } from '../network/network.js';
import { fakeNetwork, type FakeNetwork, type FakeNetworkConfig, type NetworkEvent } from './fakeNetwork.js';
import type { FakeRequest } from './fakeRequest.js';
import type { FakeWire } from './fakeWire.js';
import type { MarbleHelpers } from './marbles.js';

/** What a venue does on one wire; time 0 is when the wire is asked for. */
export interface WireScript {
  /**
   * `o` opens the wire, `~` is a sign of life below the frames, `|` a clean close by the venue, `#` a loss (before `o`:
   * a refusal). Any other letter is a frame.
   */
  readonly marbles: string;
  /** Frames of this wire; they add to the network's own. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What `#` means. Default: lost with code 1006. */
  readonly lost?: WireLostError;
}

/** What is drawn: when a venue opens wires, what it sends, what it answers. */
export interface MarbleNetworkConfig {
  /** What happens on each wire, in the order in which they are asked for; one alone is played on every wire. */
  readonly wires?: string | WireScript | readonly (string | WireScript)[];
  /** Frames and bodies by letter: texts as they are, anything else as JSON. A letter without one is its own text. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The frames with which the venue answers a message at once (acknowledgements). JSON is given parsed. */
  readonly reply?: (message: unknown, wire: FakeWire) => readonly unknown[];
  /**
   * Answers a request, with marbles (`'--r'`, where `#` is no answer) or an observable of which the first value
   * counts: a response made by `response()`, or a body. Default: no answer can be had.
   */
  readonly respond?: (request: HttpRequest) => string | Observable<unknown>;
}

/** Letters and what they stand for. Without them, only the letters' times are compared. */
type Values = Readonly<Record<string, unknown>>;

/** A fake network, and what is expected of its client: what it asks for, sends and closes, each as marbles. */
export interface MarbleNetwork extends FakeNetwork {
  /** When which messages were sent, JSON parsed; of one wire only if it is told. */
  expectSent(marbles: string, values: Values, wire?: number): void;
  /** When wires were asked for, `o` each, or as told: by URL. */
  expectOpened(marbles: string, urls?: Values): void;
  /** When the client closed wires, `c` each, or as told: by code. What the venue ended is not among them. */
  expectClosed(marbles: string, codes?: Values): void;
  /** When requests were made, `r` each, or as told: as `GET https://…`. */
  expectRequested(marbles: string, requests?: Values): void;
}

/**
 * A network whose venue is drawn in marbles, so that a pipeline is tested from the socket's frames to its last
 * emission, and back to what it sends, in virtual time.
 *
 *     it('survives a loss', marbles((helpers) => {
 *       const network = marbleNetwork(helpers, { wires: ['-o--a-#', '-o-b'], values: { a: …, b: … } });
 *       const exchange = binance({ network, random: () => 0 });
 *
 *       helpers.expectObservable(strategy(exchange)).toBe('----x------y');
 *       network.expectSent('                             -s-------s', { s: { method: 'SUBSCRIBE', … } });
 *     }));
 */
export function marbleNetwork(helpers: MarbleHelpers, config: MarbleNetworkConfig = {}): MarbleNetwork {
  const { cold, expectObservable } = Object(helpers) as Readonly<Record<string, unknown>>;
  const areHelpers = typeof cold === 'function' && typeof expectObservable === 'function';
  check('helpers', areHelpers, 'what marbles() hands to a test', typeof helpers);
  checkOptions('config', config, { wires: scripts, values: anObject, reply: aFunction, respond: aFunction });
  const network = fakeNetwork(scriptedVenue(helpers, config));
  return { ...network, ...expectations(network, helpers) };
}

/** What the venue does of itself, by the marbles. */
function scriptedVenue(
  { cold, scheduler }: MarbleHelpers,
  { wires = [], values = {}, reply, respond }: MarbleNetworkConfig,
): FakeNetworkConfig {
  return {
    onOpening: (wire) => {
      const script = scriptOf(wires, wire.index);
      if (script === undefined) {
        wire.lose(new WireLostError('failed', `no marbles for wire ${wire.index}`));
        return undefined;
      }
      const frames: Values = { ...values, ...script.values };
      return cold(script.marbles, undefined, script.lost).subscribe({
        next: (letter) => {
          if (letter === 'o') wire.open();
          else if (letter === '~') wire.pulse();
          else wire.receive(letter in frames ? frames[letter] : letter);
        },
        error: () => {
          wire.lose(script.lost);
        },
        complete: () => {
          wire.end();
        },
      });
    },
    onSent: (wire, text) => {
      if (reply === undefined) return;
      const frames = reply(parsed(text), wire);
      scheduler.schedule(() => {
        if (wire.status === 'open') wire.receive(...frames);
      });
    },
    onRequested: (request) => {
      const { method, url } = request.request;
      if (respond === undefined) {
        request.fail(new RequestFailedError(`no marbles for ${method} ${url}`));
        return undefined;
      }
      const answer = respond(request.request);
      return answerWith(request, typeof answer === 'string' ? cold(answer, { ...values }) : answer);
    },
  };
}

/** What is expected of the client. */
function expectations(
  { events$ }: FakeNetwork,
  { expectObservable }: MarbleHelpers,
): Omit<MarbleNetwork, keyof FakeNetwork> {
  const expectEvents = <T extends NetworkEvent['type']>(
    type: T,
    show: (event: Extract<NetworkEvent, { readonly type: T }>) => unknown,
    marbles: string,
    expected: Values | undefined,
    of: (event: NetworkEvent) => boolean = () => true,
  ): void => {
    const isOf = (event: NetworkEvent): event is Extract<NetworkEvent, { readonly type: T }> => event.type === type;
    expectObservable(events$.pipe(filter(of), filter(isOf), map(show))).toBe(marbles, expected);
  };
  const each =
    <T>(expected: Values | undefined, letter: string, show: (event: T) => unknown) =>
    (event: T): unknown =>
      expected === undefined ? letter : show(event);

  return {
    expectSent: (marbles, messages, wire) => {
      const of = (event: NetworkEvent): boolean => wire === undefined || ('wire' in event && event.wire === wire);
      expectEvents('sent', ({ text }) => parsed(text), marbles, messages, of);
    },
    expectOpened: (marbles, urls) => {
      const show = each(urls, 'o', ({ url }: { readonly url: string }) => url);
      expectEvents('opening', show, marbles, urls);
    },
    expectClosed: (marbles, codes) => {
      const show = each(codes, 'c', ({ code }: { readonly code: number }) => code);
      expectEvents('closed', show, marbles, codes);
    },
    expectRequested: (marbles, requests) => {
      const show = each(
        requests,
        'r',
        ({ method, url }: { readonly method: string; readonly url: string }) => `${method} ${url}`,
      );
      expectEvents('requested', show, marbles, requests);
    },
  };
}

const isScript = (value: unknown): boolean =>
  typeof value === 'string' || typeof (Object(value) as { readonly marbles?: unknown }).marbles === 'string';
const scripts: OptionRule = [
  (value: unknown): boolean => (Array.isArray(value) ? value.every(isScript) : isScript(value)),
  'marbles, { marbles }, or a list of these',
];

function scriptOf(wires: NonNullable<MarbleNetworkConfig['wires']>, index: number): WireScript | undefined {
  const script = isOne(wires) ? wires : wires[index];
  return typeof script === 'string' ? { marbles: script } : script;
}

const isOne = (wires: NonNullable<MarbleNetworkConfig['wires']>): wires is string | WireScript =>
  typeof wires === 'string' || 'marbles' in wires;

const answerWith = (request: FakeRequest, answer$: Observable<unknown>): { unsubscribe(): void } =>
  answer$.pipe(take(1)).subscribe({
    next: (answer) => {
      request.respond(answer);
    },
    error: (error: unknown) => {
      request.fail(error instanceof RequestFailedError ? error : undefined);
    },
    complete: () => {
      request.fail();
    },
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
