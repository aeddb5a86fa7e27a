import { Subscription } from 'rxjs';
import type { WebTable } from '../../web/settings.js';
import { type ChannelName, type TableName, type WatchRequest, isTable } from '../args/request.js';
import type { CliVenue } from '../venues/cliVenue.js';
import type { FeedOptions } from '../venues/venueFeed.js';
import type { TableView } from '../view/tableView.js';

const isOfAccount = (channel: ChannelName): channel is TableName => isTable(channel) && channel !== 'board';

/** What the account of a simulated venue holds, for the page. A venue itself would have to be signed in at. */
export class WebAccount {
  readonly names: readonly TableName[];
  readonly #views = new Map<TableName, TableView>();
  readonly #venue: CliVenue;

  constructor(venue: CliVenue, { kind }: WatchRequest['source']) {
    this.#venue = venue;
    this.names = kind === 'live' ? [] : venue.channels.filter(isOfAccount);
  }

  /** Follows its tables. @returns What ends that. */
  open(options: FeedOptions): () => void {
    const feed = this.#venue.open(options);
    const following = new Subscription(() => {
      feed.close();
    });
    for (const name of this.names) {
      following.add(
        feed.table?.('', name).subscribe({
          next: (view) => this.#views.set(name, view),
          error: (error: unknown) => {
            const known = this.#views.get(name);
            const shown = { columns: [], rows: [], summary: '', json: {}, ...known };
            this.#views.set(name, { ...shown, status: `refused: ${String(error)}` });
          },
        }),
      );
    }
    return () => {
      following.unsubscribe();
    };
  }

  /** As they stand. */
  tables(): readonly WebTable[] {
    return this.names.map((name) => {
      const { status, columns, rows } = this.#views.get(name) ?? { status: 'syncing', columns: [], rows: [] };
      return { name, status, columns, rows };
    });
  }
}
