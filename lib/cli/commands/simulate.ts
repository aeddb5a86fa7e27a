import { asyncScheduler, firstValueFrom, interval } from 'rxjs';
import { serve } from '../../node/serve.js';
import type { SimulateRequest } from '../args/request.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import { clean } from '../render/text.js';
import { clock } from '../render/time.js';
import type { Io } from '../terminal/io.js';
import { simulatedOne } from '../venues/cliVenue.js';
import { cliVenue } from '../venues/venues.js';
import { stopped } from './present.js';

/** How often it is looked whether somebody came or went, in ms. */
const LOOK_EVERY = 200;

/** Serves a simulated venue until it is stopped, and tells who comes and goes. */
export async function simulate(request: SimulateRequest, io: Io): Promise<ExitCode> {
  const { market, seed, faults, port } = request;
  const venue = cliVenue(request.venue);
  const simulated = simulatedOne(venue).simulate({ market, seed, faults: faults === 'none' ? '' : (faults ?? '') });
  const served = await serve(simulated, { port });
  const print = (text: string): void => void io.out.write(`${text}\n`);
  print(`${venue.name} ${market}, seed ${seed}, faults ${faults ?? 'none'}`);
  print(`sockets   ${served.url}`);
  print(`requests  ${served.httpUrl}`);
  print(
    `watch it  npx millrace watch --venue ${venue.name} --market ${market} --instrument ${venue.instrument} --url ${served.url}`,
  );
  print('Ctrl-C stops it.');
  served.dropped$.subscribe(({ url, held }) => {
    print(`${clock(asyncScheduler.now())} dropped ${clean(url)}: it does not read, ${held} bytes waited for it`);
  });
  const known = new Map<number, boolean>();
  const looking = interval(LOOK_EVERY).subscribe(() => {
    for (const { id, url, open, received, sent } of simulated.stats().connections) {
      if (known.get(id) === open) continue;
      // One that came and went between two looks is told as both.
      if (!known.has(id)) print(`${clock(asyncScheduler.now())} connection ${id} opened ${clean(url)}`);
      if (!open) print(`${clock(asyncScheduler.now())} connection ${id} closed after ${received} in, ${sent} out`);
      known.set(id, open);
    }
  });
  await firstValueFrom(stopped(io, request.for, asyncScheduler));
  looking.unsubscribe();
  await served.close();
  simulated.close();
  return EXIT.fine;
}
