import { serve } from '../../node/serve.js';
import { wsNetwork } from '../../node/wsNetwork.js';
import type { Network } from '../../network/network.js';
import type { FaultControl } from '../../simulation/faults/faultControl.js';
import type { SourceRequest } from '../args/request.js';
import { type CliVenue, simulatedOne } from '../venues/cliVenue.js';

/** Where a stream comes from, opened. */
export interface OpenedSource {
  readonly network: Network;
  /** Where sockets go, where it is not the venue's own address. */
  readonly url?: string;
  readonly restUrl?: string;
  /** In words, for the header of a view. */
  readonly origin: string;
  readonly notes: readonly string[];
  /** What goes wrong at the venue, where it is simulated in this process. */
  readonly faults?: FaultControl;
  close(): Promise<void>;
}

/** A simulated venue is served over a real loopback socket: what is seen is what a venue far away would show. */
export async function openSource(source: SourceRequest, venue: CliVenue, market: string): Promise<OpenedSource> {
  const network = wsNetwork();
  const nothing = (): Promise<void> => Promise.resolve();
  switch (source.kind) {
    case 'live':
      return { network, origin: 'live', notes: [], close: nothing };
    case 'url':
      return {
        network,
        url: source.url,
        restUrl: source.url.replace(/^ws/, 'http'),
        origin: source.url,
        notes: [],
        close: nothing,
      };
    case 'simulated': {
      const one = simulatedOne(venue);
      const { demonstration } = one;
      const faults = source.faults === 'none' ? '' : (source.faults ?? demonstration.faults);
      const simulated = one.simulate({ market, seed: source.seed, faults });
      const served = await serve(simulated, { port: 0 });
      const note = source.faults === undefined ? demonstration.note : `Simulated, with faults: ${faults || 'none'}.`;
      return {
        network,
        url: served.url,
        restUrl: served.httpUrl,
        faults: simulated.faults,
        origin: `simulated on ${served.url}`,
        notes: [note, `The real one: npx millrace watch --venue ${venue.name} ${venue.instrument}`],
        close: async () => {
          await served.close();
          simulated.close();
        },
      };
    }
  }
}
