import { asyncScheduler, firstValueFrom } from 'rxjs';
import { memoryBus } from '../../relay/index.js';
import type { WatchRequest } from '../args/request.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import type { Io } from '../terminal/io.js';
import { cliVenue } from '../venues/venues.js';
import { injure, injuries } from '../web/injuries.js';
import { WebAccount } from '../web/webAccount.js';
import { serveWeb } from '../web/serveWeb.js';
import { busName, closeAll, gateway, type Closing } from './relay.js';
import { stopped } from './present.js';

/** Serves a page that shows some instruments, until it is stopped. Opens no browser, and nothing to other machines. */
export async function watchWeb(request: WatchRequest, port: number | undefined, io: Io): Promise<ExitCode> {
  const { venue, market, instruments, source, interval } = request;
  const print = (text: string): void => void io.out.write(`${clean(text)}\n`);
  const closing: Closing = [];
  try {
    if (source.kind === 'relayed') throw new RangeError('refused when it was read');
    const channels = ['book', 'trades'] as const;
    const bus = memoryBus();
    const { options, faults, origin, notes, start } = await gateway(
      { kind: 'venue', venue, market, source, instruments, channels, interval, as: 'A', nats: undefined },
      bus,
      print,
      closing,
    );
    const title = `${venue} ${market}`;
    const account = new WebAccount(cliVenue(venue), source);
    const hasAccount = account.names.length > 0;
    const offered = faults === undefined ? [] : injuries;
    const named = busName(venue, market);
    const settings = { venue: named, title, origin, instruments, notes, injuries: offered, hasAccount };
    const served = await serveWeb(bus, {
      folder: io.webFolder,
      settings,
      port,
      tables: () => account.tables(),
      injure: (name) => faults !== undefined && injure(faults, name),
    });
    start();
    if (hasAccount) closing.push(account.open(options));
    closing.push(() => served.close());
    print(`page      ${served.url}`);
    print('Ctrl-C stops it.');
    await firstValueFrom(stopped(io, request.for, asyncScheduler));
    return EXIT.fine;
  } finally {
    await closeAll(closing);
  }
}
