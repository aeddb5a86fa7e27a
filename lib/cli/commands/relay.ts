import { Subscription, asyncScheduler, firstValueFrom } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import { serveRelay } from '../../node/serveRelay.js';
import type { FaultControl } from '../../simulation/faults/faultControl.js';
import { type Bus, type OwnStreams, memoryBus, relay as relayOn } from '../../relay/index.js';
import { isTable, type RelayRequest, type RelaySource } from '../args/request.js';
import { UsageError } from '../args/usageError.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import { clock } from '../render/time.js';
import type { Io } from '../terminal/io.js';
import type { FeedOptions } from '../venues/venueFeed.js';
import { cliVenue } from '../venues/venues.js';
import { busOver, tokenOf } from './buses.js';
import { openSource } from './openSource.js';
import { stopped } from './present.js';

/** What is to be closed at the end, the last first. */
export type Closing = (() => Promise<void> | void)[];

/** Relays a venue over a bus, or by WebSockets, or a bus by WebSockets, until it is stopped. */
export async function relay(request: RelayRequest, io: Io): Promise<ExitCode> {
  const { source } = request;
  const print = (text: string): void => void io.out.write(`${clean(text)}\n`);
  const opened: Closing = [];
  const closing: Closing = [() => closeAll(opened)];
  try {
    const bus = await busOf(source);
    // Ahead of the venue: where nothing can listen, for want of a token or of the port, it is not opened at all.
    const served = await servedOf(request, bus);
    if (served !== undefined) closing.push(() => served.close());
    if (source.kind === 'venue') (await gateway(source, bus, print, opened)).start();
    if (served !== undefined) {
      print(
        `listens   ${served.url}${tokenOf(process.env) === undefined ? '' : ' (asks for the token of MILLRACE_TOKEN)'}`,
      );
      served.dropped$.subscribe(({ held }) => {
        print(`${clock(asyncScheduler.now())} dropped a client: it does not read, ${held} bytes waited for it`);
      });
    }
    if (source.kind === 'venue') print(`watch it  ${watching(source, served?.url ?? source.nats?.join(',') ?? '')}`);
    print('Ctrl-C stops it.');
    await firstValueFrom(stopped(io, request.for, asyncScheduler));
    return EXIT.fine;
  } finally {
    await closeAll(closing);
  }
}

/** The last first. */
export async function closeAll(closing: Closing): Promise<void> {
  for (const close of closing.reverse()) await close();
}

async function busOf(source: RelaySource): Promise<Bus> {
  if (source.kind === 'bus') return busOver(source.servers);
  return source.nats === undefined ? memoryBus() : busOver(source.nats, `millrace ${source.as}`);
}

/** By WebSockets, where that is wanted. */
async function servedOf({ source, listen, origins }: RelayRequest, bus: Bus) {
  if (listen === undefined) return undefined;
  const token = tokenOf(process.env);
  const accounts = source.kind === 'venue' && source.channels.some(isTable);
  const config = { ...listen, origins, accounts, ...(token !== undefined && { token }) };
  return serveRelay(bus, config).catch(namingToken);
}

/** Where the command line has its token from is its own matter. */
function namingToken(error: unknown): never {
  if (error instanceof InvalidArgumentError && error.field === 'token') {
    throw new UsageError(`--listen takes ${error.expected}: set MILLRACE_TOKEN`);
  }
  throw error;
}

const watching = ({ venue, market, instruments }: Extract<RelaySource, { kind: 'venue' }>, url: string): string =>
  `npx millrace watch --relayed ${url} --venue ${venue} --market ${market} --instrument ${String(instruments[0])}`;

/** A venue that is relayed. */
export interface Gateway {
  /** How it was opened, for whoever has more of it. */
  readonly options: FeedOptions;
  /** What goes wrong at it, where it is simulated in this process. */
  readonly faults: FaultControl | undefined;
  /** Where it comes from, and what one should know of that, in words. */
  readonly origin: string;
  readonly notes: readonly string[];
  /** Connects to the venue and relays it. */
  readonly start: () => void;
}

/** What is needed to relay a venue. It is not connected to before that is begun. */
export async function gateway(
  source: Extract<RelaySource, { kind: 'venue' }>,
  bus: Bus,
  print: (text: string) => void,
  closing: Closing,
): Promise<Gateway> {
  const { venue: name, market, instruments, channels, interval, as, nats } = source;
  const venue = cliVenue(name);
  const opened = await openSource(source.source, venue, market);
  closing.push(() => opened.close());
  const { network, url, restUrl, origin } = opened;
  const options = {
    market,
    network,
    ...(instruments[0] !== undefined && { instrument: instruments[0] }),
    ...(url !== undefined && { url }),
    ...(restUrl !== undefined && { restUrl }),
  };
  const exchange = venue.connect(options);
  closing.push(() => {
    exchange.close();
  });
  const requested = channels.flatMap((channel) => instruments.map((instrument) => ({ channel, instrument, interval })));
  const offer: object = venue.calls(options, requested);
  const running = new Subscription();
  closing.push(() => {
    running.unsubscribe();
  });
  const start = (): void => {
    print(`${venue.name} ${market} (${origin}), gateway ${as}: ${channels.join(', ')} of ${instruments.join(', ')}`);
    running.add(
      relayOn<Exchange, OwnStreams>(exchange, {
        bus,
        as,
        venue: busName(venue.name, market),
        streams: venue.streams,
        offer,
      }).subscribe((state) => {
        if (nats === undefined) return;
        const text = state.status === 'lost' ? `: ${state.text}` : '';
        print(`${clock(asyncScheduler.now())} bus ${state.status}${text}`);
      }),
    );
    running.add(
      exchange.connection$.subscribe((state) => {
        const text = state.status === 'lost' ? `: ${state.text}` : '';
        print(`${clock(asyncScheduler.now())} ${state.wire} ${state.status}${text}`);
      }),
    );
  };
  return { options, faults: opened.faults, origin, notes: opened.notes, start };
}

/** What a market of a venue is called on a bus. */
export const busName = (venue: string, market: string): string => `${venue}-${market}`.replace(/[^\w-]/g, '_');
