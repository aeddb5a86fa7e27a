import { isEventType, isKeptByIndex } from '../eventTypes.js';
import { type Row, readFeedData } from './feedData.js';
import type { FeedLane } from './feedLane.js';
import type { FeedLanesConfig } from './feedLanesConfig.js';

/**
 * Every row of a frame of data to its channel; but for rows of lists that are kept by index, where something can't be read: these
 * would be taken for whole by then, though the one that is missing may have been theirs.
 *
 * @returns What can't be read first of it.
 */
export function tellRows(
  lane: FeedLane,
  data: unknown,
  { link, puzzled }: Pick<FeedLanesConfig, 'link' | 'puzzled'>,
): string | undefined {
  const rows: Row[] = [];
  const wrong: string[] = [];
  readFeedData(
    data,
    (type) => lane.fieldsOf(type),
    (row) => rows.push(row),
    (text) => wrong.push(text),
  );
  for (const row of rows) {
    if (!isEventType(row.type)) {
      puzzled(`an event of the unknown type ${row.type.slice(0, 50)}`);
      continue;
    }
    if (wrong.length > 0 && isKeptByIndex(row.type)) continue;
    const key = lane.keyOf(row.type, row.values['eventSymbol'], row.values['source']);
    lane.settle(row.type);
    if (key === undefined) continue;
    lane.heard();
    link.deliver(key, row.values);
  }
  return wrong[0];
}
