import type { Watch, WatchEvent } from '../view/watch.js';

/** Shows a view somewhere. */
export interface Presenter {
  show(before: Watch, after: Watch, event: WatchEvent): void;
  /** Nothing follows; the output is left as it was found. */
  end(last: Watch): void;
}
