/** What is done to something that may not be there yet. */
export interface HeldBack<T> {
  /** Does it at once, or as soon as there is something to do it to. */
  readonly act: (action: (to: T) => void) => void;
  /** Here it is: what waited is done, in order. */
  readonly release: (to: T) => void;
}

/** A venue decides on a connection before its handshake, and may speak at once: what it says waits here. */
export function heldBack<T>(): HeldBack<T> {
  let there: { readonly to: T } | undefined;
  const waiting: ((to: T) => void)[] = [];
  return {
    act: (action) => {
      if (there === undefined) waiting.push(action);
      else action(there.to);
    },
    release: (to) => {
      there = { to };
      for (const action of waiting) action(to);
    },
  };
}
