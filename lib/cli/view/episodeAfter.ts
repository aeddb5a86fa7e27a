import type { BookState } from '../../model/bookState.js';
import type { Episode } from './watchState.js';

/** The episode once the book is in state `book`: begun by the first loss, ended by the next live book. */
export function episodeAfter(episode: Episode | undefined, book: BookState, at: number): Episode | undefined {
  const open = episode !== undefined && episode.until === undefined;
  if (book.status === 'stale') {
    // A book may be lost for a second reason before it is mended: that is one episode, told by its latest reason.
    if (open) return episode.reason === book.reason ? episode : { ...episode, reason: book.reason };
    return { reason: book.reason, since: book.since, until: undefined };
  }
  return open && book.status === 'live' ? { ...episode, until: at } : episode;
}
