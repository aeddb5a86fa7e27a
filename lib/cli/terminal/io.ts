import type { Observable } from 'rxjs';
import type { ScreenSize } from '../render/screen.js';

/** Where text goes. */
export interface Output {
  readonly isTTY: boolean;
  /** False when the reader is slow: wait for `drained` before writing much more. */
  write(text: string): boolean;
  readonly drained: Observable<unknown>;
  /** The reader of a pipe went away (`| head`), or the output broke. */
  readonly broken: Observable<unknown>;
  size(): ScreenSize;
  readonly resized: Observable<unknown>;
}

/** What a command knows of the world it was started in. Tests give their own. */
export interface Io {
  readonly out: Output;
  readonly err: Output;
  /**
   * Keys pressed, where there is a keyboard: a letter as it is typed, others by their names: `up`, `tab`, `return`, `escape`,
   * `backspace`. Reads it only while subscribed.
   */
  readonly keys: Observable<string>;
  /** The wish to stop: Ctrl-C or a signal. */
  readonly signals: Observable<unknown>;
  /** Whether colours are wanted. */
  readonly coloured: boolean;
  /** Whether what reads us takes UTF-8; ASCII is written otherwise. */
  readonly unicode: boolean;
  /** Where the built page of `watch --web` is. */
  readonly webFolder: string;
}
