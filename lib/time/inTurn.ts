/**
 * Takes items one at a time and in order: what `work` causes by one waits until it is done with that one.
 *
 * @param work Doesn't throw.
 */
export function inTurn<T>(work: (item: T) => void): (item: T) => void {
  const waiting: T[] = [];
  let isBusy = false;
  return (item) => {
    if (isBusy) {
      waiting.push(item);
      return;
    }
    isBusy = true;
    work(item);
    while (waiting.length > 0) work(waiting.shift() as T);
    isBusy = false;
  };
}
