import type { Observable } from 'rxjs';
import { type VenueCore, foldedChannel } from '../../../feed/venueCore.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { assemble } from './assemble.js';
import { SNAPSHOT_WITHIN } from '../endpoint.js';
import { type DxLinkIndexedState, indexedFeed } from './indexedFeed.js';
import type { Indexed, IndexedChange } from './transactions.js';

/** A channel of indexed events as the list that they make. One fold for all who ask for the same. */
export const indexedList = <E extends Indexed, V>(
  core: VenueCore,
  source: ChannelSpec<E>,
  fold: (value: V | undefined, change: IndexedChange<E>) => V,
  refreshEvery?: number,
): Observable<DxLinkIndexedState<V>> =>
  foldedChannel(
    core,
    `list ${source.topic.key} ${String(refreshEvery ?? '')}`,
    source,
    (context) => (channel$) =>
      channel$.pipe(
        assemble<E>({ scheduler: core.scheduler, within: SNAPSHOT_WITHIN }),
        indexedFeed<E, V>({ ...context, fold, answerWithin: SNAPSHOT_WITHIN, refreshEvery }),
      ),
  );
