import { Observable, share, Subscription, type SchedulerLike } from 'rxjs';
import { lineSplitter } from '../../lib/network/lines.js';
import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';
import type { Spells } from './chaosMeddling.js';

export interface LineChunksConfig {
  readonly url: string;
  readonly spells: Spells;
  readonly scheduler: SchedulerLike;
  readonly draw: Random;
}

/**
 * Lines the way they come in the body of an answer: as bytes that are cut anywhere, in the midst of a letter too, with a
 * byte order mark at their beginning and blank lines in between. What is cut off comes with the next line, or after a while.
 */
export function lineChunks(
  texts$: Observable<string>,
  { url, spells, scheduler, draw }: LineChunksConfig,
): Observable<string> {
  return new Observable<string>((subscriber) => {
    const utf8 = new TextDecoder();
    const splitter = lineSplitter(2 ** 26, (text) => subscriber.next(text));
    let rest = Buffer.from(draw() < 0.3 ? '\ufeff\r\n' : '');
    let waiting = Subscription.EMPTY;
    const flush = (until = rest.length): void => {
      waiting.unsubscribe();
      const chunk = rest.subarray(0, until);
      rest = rest.subarray(until);
      splitter.push(utf8.decode(chunk, { stream: true }));
    };
    subscriber.add(() => waiting.unsubscribe());
    subscriber.add(
      texts$.subscribe({
        next: (text) => {
          rest = Buffer.concat([rest, Buffer.from(`${text}${pick(draw, ['\n', '\r\n', '\n\r\n'])}`)]);
          const spell = spells.take('chunks', url);
          if (spell === undefined) {
            flush();
            return;
          }
          flush(between(draw, 0, rest.length));
          waiting = scheduler.schedule(() => flush(), spell.delay);
        },
        complete: () => subscriber.complete(),
      }),
    );
  }).pipe(share());
}
