interface HasUrl {
  readonly url: string;
}
/** A socket of a recording. */
interface Opened extends HasUrl {
  readonly socket?: string | undefined;
}
/** A wire, and the socket whose frames are for it, where that is known. */
interface OpenedWire extends HasUrl {
  readonly heir?: string | undefined;
}

/**
 * Says which of the open wires get the frames of which recorded socket.
 *
 * - Wires that were opened at a recorded socket's host and path get that socket's frames; where nobody opened it there,
 *   those at the same path of another host do.
 * - Sockets that nobody opened so are served to the wires at addresses that stand nowhere in the recording: venues
 *   change hosts and paths, and clients split their channels over wires in another way than the capturing one.
 * - In all cases: as many wires as sockets means one each, in the order of opening but for those that were opened again. Any other number means that the
 *   channels are spread differently, and every such wire gets all of the frames. A frame of a channel that a wire did
 *   not ask for is harmless.
 *
 * @returns The wires for each socket, in the order of the sockets.
 */
export function recipients<W extends OpenedWire>(
  sockets: readonly Opened[],
  wires: readonly W[],
): readonly (readonly W[])[] {
  const exact = pairedBy(placeOf, sockets, wires);
  const near = pairedBy(pathOf, exact.sockets, exact.wires);
  return sockets.map(
    (socket) => exact.found.get(socket) ?? near.found.get(socket) ?? share(socket, near.sockets, near.wires),
  );
}

/** The sockets whose key some wires have, with those wires; and whatever is left of both. */
function pairedBy<W extends OpenedWire>(
  keyOf: (one: HasUrl) => string,
  sockets: readonly Opened[],
  wires: readonly W[],
) {
  const common = new Set(sockets.map(keyOf).filter((key) => key !== '' && wires.some((wire) => keyOf(wire) === key)));
  const found = new Map(
    sockets.flatMap((socket) => {
      const key = keyOf(socket);
      if (!common.has(key)) return [];
      const same = <T extends HasUrl>(list: readonly T[]): readonly T[] => list.filter((one) => keyOf(one) === key);
      return [[socket, share(socket, same(sockets), same(wires))] as const];
    }),
  );
  const rest = <T extends HasUrl>(list: readonly T[]): readonly T[] => list.filter((one) => !common.has(keyOf(one)));
  return { found, sockets: rest(sockets), wires: rest(wires) };
}

function share<W extends OpenedWire>(socket: Opened, sockets: readonly Opened[], wires: readonly W[]): readonly W[] {
  if (sockets.length !== wires.length) return wires;
  const isOf = (wire: OpenedWire, one: Opened): boolean => wire.heir !== undefined && wire.heir === one.socket;
  const heir = wires.find((wire) => isOf(wire, socket));
  if (heir !== undefined) return [heir];
  const others = sockets.filter((one) => !wires.some((wire) => isOf(wire, one)));
  const own = wires.filter((wire) => !sockets.some((one) => isOf(wire, one)))[others.indexOf(socket)];
  return own === undefined ? wires : [own];
}

/** Host and path: a query holds what was asked for, which the two clients need not have in common. */
export function placeOf({ url }: HasUrl): string {
  const [place = ''] = url.toLowerCase().split(/[?#]/);
  return place.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
}

const pathOf = (one: HasUrl): string => placeOf(one).replace(/^[^/]*/, '');
