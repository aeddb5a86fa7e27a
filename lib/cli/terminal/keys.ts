import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { Observable } from 'rxjs';

/** The keys that are told by name. All others are the letters they type. */
const NAMED: readonly string[] = ['up', 'down', 'left', 'right', 'tab', 'return', 'enter', 'escape', 'backspace'];

/** The keyboard in raw mode, as long as somebody listens. */
export const keysOf = (stdin: ReadStream): Observable<string> =>
  new Observable((subscriber) => {
    const onKey = (text: string | undefined, { name = '', sequence = '', meta = false }: Key): void => {
      if (NAMED.includes(name)) subscriber.next(name === 'enter' ? 'return' : name);
      else if (!meta && (text ?? sequence).length === 1) subscriber.next(text ?? sequence);
    };
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('keypress', onKey);
    return () => {
      stdin.off('keypress', onKey);
      stdin.setRawMode(false);
      stdin.pause();
    };
  });
