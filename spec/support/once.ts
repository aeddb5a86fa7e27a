/** A function of texts that works each of them out once: in a run the same ones come again and again. */
export function once<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = of(text);
    known.set(text, value);
    return value;
  };
}

/** The same of objects that do not change. */
export function onceOf<K extends object, T>(of: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = of(key);
    known.set(key, { value });
    return value;
  };
}

/** What a state comes to, worked out once for as long as it is the latest. */
export function ofLatest<S, T>(latest: () => S, of: (state: S) => T): () => T {
  let known: { readonly state: S; readonly value: T } | undefined;
  return () => {
    const state = latest();
    if (known === undefined || known.state !== state) known = { state, value: of(state) };
    return known.value;
  };
}
