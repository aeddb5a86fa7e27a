import { inCommon } from './asked.js';

interface HasUrl {
  readonly url: string;
}
/** What was asked for on it, in words. */
interface Asking extends HasUrl {
  readonly asked?: ReadonlySet<string> | undefined;
}
/** A socket of a recording. */
interface Opened extends Asking {
  readonly socket?: string | undefined;
}
/** A wire, and the socket that came in the place of the one that it was opened in the place of, where that is known. */
interface OpenedWire extends Asking {
  readonly heir?: string | undefined;
}

/**
 * Says which of the open wires get the frames of which recorded socket.
 *
 * - Wires that were opened at a recorded socket's host and path get that socket's frames; where nobody opened it there,
 *   those at the same path of another host do.
 * - Sockets that nobody opened so are served to the wires at addresses that stand nowhere in the recording: venues
 *   change hosts and paths, and clients split their channels over wires in another way than the capturing one.
 * - In all cases: as many wires as sockets means one each: those that ask for the same, then those that were lost in the same
 *   order, then in the order of opening. Any other number means that the channels are spread differently, and every such wire
 *   gets all of the frames. A frame of a channel that a wire did not ask for is harmless.
 *
 * @returns The wires for each socket, in the order of the sockets.
 */
export function recipients<W extends OpenedWire>(
  sockets: readonly Opened[],
  wires: readonly W[],
): readonly (readonly W[])[] {
  const exact = pairedBy(placeOf, sockets, wires);
  const near = pairedBy(pathOf, exact.sockets, exact.wires);
  const others = shared(near.sockets, near.wires);
  return sockets.map((socket) => exact.found.get(socket) ?? near.found.get(socket) ?? others.get(socket) ?? []);
}

/** The sockets whose key some wires have, with those wires; and whatever is left of both. */
function pairedBy<W extends OpenedWire>(
  keyOf: (one: HasUrl) => string,
  sockets: readonly Opened[],
  wires: readonly W[],
) {
  const opened = byKey(keyOf, wires);
  const recorded = byKey(keyOf, sockets);
  const common = [...recorded].filter(([key]) => key !== '' && opened.has(key));
  const found = new Map(common.flatMap(([key, same]) => [...shared(same, opened.get(key) ?? [])]));
  const paired = new Set<HasUrl>(common.flatMap(([key, same]) => [...same, ...(opened.get(key) ?? [])]));
  const rest = <T extends HasUrl>(list: readonly T[]): readonly T[] => list.filter((one) => !paired.has(one));
  return { found, sockets: rest(sockets), wires: rest(wires) };
}

function byKey<T extends HasUrl>(
  keyOf: (one: HasUrl) => string,
  list: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const same = found.get(key);
    if (same === undefined) found.set(key, [one]);
    else same.push(one);
  }
  return found;
}

/** Who of these serves whom. */
function shared<W extends OpenedWire>(
  sockets: readonly Opened[],
  wires: readonly W[],
): ReadonlyMap<Opened, readonly W[]> {
  if (sockets.length !== wires.length) return new Map(sockets.map((socket) => [socket, wires]));
  const pairs = sockets.flatMap((socket) => wires.map((wire) => pairOf(socket, wire)));
  const found = new Map<Opened, readonly W[]>();
  const taken = new Set<W>();
  // The closest first: a wire asks for little at first, and in the end for as much as was asked for on its socket.
  for (const { socket, wire } of pairs.sort((a, b) => b.alike - a.alike || b.heirs - a.heirs)) {
    if (found.has(socket) || taken.has(wire)) continue;
    found.set(socket, [wire]);
    taken.add(wire);
  }
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();
const pairOf = <W extends OpenedWire>(socket: Opened, wire: W) => ({
  socket,
  wire,
  alike: inCommon(wire.asked ?? NOTHING, socket.asked ?? NOTHING),
  heirs: wire.heir !== undefined && wire.heir === socket.socket ? 1 : 0,
});

/** Host and path: a query holds what was asked for, which the two clients need not have in common. */
export function placeOf({ url }: HasUrl): string {
  const [place = ''] = url.toLowerCase().split(/[?#]/);
  return place.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
}

const pathOf = (one: HasUrl): string => placeOf(one).replace(/^[^/]*/, '');
