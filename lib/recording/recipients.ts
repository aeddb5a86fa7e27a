interface HasUrl {
  readonly url: string;
}

/**
 * Says which of the open wires get the frames of which recorded socket.
 *
 * - Wires that were opened at a recorded socket's host and path get that socket's frames.
 * - Sockets that nobody opened so are served to the wires at addresses that stand nowhere in the recording: venues
 *   change hosts and paths, and clients split their channels over wires in another way than the capturing one.
 * - In both cases: as many wires as sockets means one each, in the order of opening. Any other number means that the
 *   channels are spread differently, and every such wire gets all of the frames. A frame of a channel that a wire did
 *   not ask for is harmless.
 *
 * @returns The wires for each socket, in the order of the sockets.
 */
export function recipients<W extends HasUrl>(
  sockets: readonly HasUrl[],
  wires: readonly W[],
): readonly (readonly W[])[] {
  const places = new Set(sockets.map(placeOf));
  const opened = new Set(wires.map(placeOf));
  const strangers = wires.filter((wire) => !places.has(placeOf(wire)));
  const unopened = sockets.filter((socket) => !opened.has(placeOf(socket)));
  return sockets.map((socket) => {
    const place = placeOf(socket);
    return opened.has(place)
      ? share(
          socket,
          sockets.filter((other) => placeOf(other) === place),
          wires.filter((wire) => placeOf(wire) === place),
        )
      : share(socket, unopened, strangers);
  });
}

function share<W>(socket: HasUrl, sockets: readonly HasUrl[], wires: readonly W[]): readonly W[] {
  const own = wires[sockets.indexOf(socket)];
  return sockets.length === wires.length && own !== undefined ? [own] : wires;
}

/** Host and path: a query holds what was asked for, which the two clients need not have in common. */
function placeOf({ url }: HasUrl): string {
  const [place = ''] = url.toLowerCase().split(/[?#]/);
  return place.replace(/^\w+:\/\//, '').replace(/\/+$/, '');
}
