import { Observable, type SchedulerLike, Subject } from 'rxjs';
import type { Endpoint, Wire } from '../network/network.js';
import { askedOf, askedOn } from './asked.js';
import type { RecordedFrame, RecordedSocket } from './format.js';
import { placeOf, recipients } from './recipients.js';
import type { Span } from './successions.js';

interface OpenWire {
  readonly url: string;
  readonly messages: Subject<string>;
  /** The sockets that it is served by, where that was said. */
  readonly sockets: readonly string[] | undefined;
  /** The socket that it is served by where others may serve it as well: it was opened when one before was lost. */
  heir: string | undefined;
  /** What was asked for on it so far. */
  asked: ReadonlySet<string>;
  /** Ends it, as its other side would. */
  readonly lose: () => void;
}

/** The wires that are open on a replay, and the frames for each. */
export class ReplayedWires {
  private wires: readonly OpenWire[] = [];
  private routes = new Map<string, readonly OpenWire[]>();
  private readonly ended = new Set<string>();
  /** Who is to serve the wires that will be opened in place of those that were lost, in that order. */
  private readonly heirs: RecordedSocket[] = [];
  private opened = 0;
  private readonly sockets: readonly (RecordedSocket & { readonly asked: ReadonlySet<string> })[];

  constructor(
    sockets: readonly RecordedSocket[],
    private readonly spans: ReadonlyMap<string, Span>,
    private readonly clock: SchedulerLike,
    private readonly reply: ((sent: string, endpoint: Endpoint) => string | undefined) | undefined,
    /** Told when a wire was opened or left. */
    private readonly onChange: () => void,
    /** Told when wires are about to be lost, as in the recording. */
    private readonly onLost: () => void,
  ) {
    this.sockets = sockets.map((one) => ({ ...one, asked: askedOf(one) }));
  }

  /** Whether there ever was a wire. */
  hasBegun(): boolean {
    return this.opened > 0;
  }

  get isEmpty(): boolean {
    return this.wires.length === 0;
  }

  /** @param sockets Whose frames it gets; default: those that its address says. */
  open(endpoint: Endpoint, sockets?: readonly string[]): Observable<Wire> {
    return new Observable((subscriber) => {
      const messages = new Subject<string>();
      const leave = (): void => {
        if (!this.wires.includes(open)) return;
        this.assign(this.wires.filter((wire) => wire !== open));
        this.onChange();
      };
      const send = (text: string): void => {
        this.ask(open, text);
        const answer = this.wires.includes(open) ? this.reply?.(text, endpoint) : undefined;
        if (answer === undefined) return;
        subscriber.add(
          this.clock.schedule(() => {
            messages.next(answer);
          }),
        );
      };
      const close = (): void => {
        leave();
        subscriber.add(
          this.clock.schedule(() => {
            subscriber.complete();
          }),
        );
      };
      const open: OpenWire = {
        url: endpoint.url,
        messages,
        sockets,
        heir: undefined,
        asked: askedOn(endpoint.url, []),
        lose: close,
      };
      subscriber.add(leave);
      subscriber.add(
        this.clock.schedule(() => {
          this.opened += 1;
          open.heir = this.heirAt(endpoint);
          this.assign([...this.wires, open]);
          subscriber.next({ messages: messages.asObservable(), send, close });
          this.onChange();
        }),
      );
    });
  }

  deliver(frame: RecordedFrame): void {
    const { socket, data } = frame;
    // A socket that the header does not name can be anybody's.
    const wires = this.routes.get(socket) ?? this.wires;
    for (const { messages } of wires) messages.next(data);
    const span = this.spans.get(socket);
    if (span?.last === frame && span.before !== undefined) this.end(socket, span.before, wires);
  }

  /** A socket was lost: so are the wires that it served, unless another one serves them, too. */
  private end(socket: string, successor: string, wires: readonly OpenWire[]): void {
    this.ended.add(socket);
    const lost = wires.filter((wire) => {
      const others = [...this.routes].filter(([, served]) => served.includes(wire));
      return !others.some(([name]) => this.isHeard(name));
    });
    this.assign(this.wires);
    if (lost.length > 0) this.onLost();
    if (lost.length === 1) this.heirs.push(...this.sockets.filter((one) => one.socket === successor));
    for (const { lose } of lost) lose();
  }

  /** What a wire asks for tells which socket was its. */
  private ask(wire: OpenWire, text: string): void {
    const asked = new Set([...wire.asked, ...askedOn('', [text])]);
    if (asked.size === wire.asked.size) return;
    wire.asked = asked;
    this.assign(this.wires);
  }

  /** Wires that were lost together are opened again in that order, whatever the order of their first opening was. */
  private heirAt(endpoint: Endpoint): string | undefined {
    const at = this.heirs.findIndex((one) => placeOf(one) === placeOf(endpoint));
    return at < 0 ? undefined : this.heirs.splice(at, 1)[0]?.socket;
  }

  private isHeard(socket: string): boolean {
    const span = this.spans.get(socket);
    const now = this.clock.now();
    return span !== undefined && !this.ended.has(socket) && span.openedAt <= now && now <= span.last.at;
  }

  private assign(wires: readonly OpenWire[]): void {
    this.wires = wires;
    // One is not there before the one ended in whose place it was opened.
    const present = this.sockets.filter(({ socket }) => {
      const after = this.spans.get(socket)?.after;
      return !this.ended.has(socket) && (after === undefined || this.ended.has(after));
    });
    const found = recipients(
      present,
      wires.filter(({ sockets }) => sockets === undefined),
    );
    this.routes = new Map(
      present.map(({ socket }, i) => {
        const served = wires.filter(({ sockets }) => sockets?.includes(socket) === true);
        return [socket, [...(found[i] ?? []), ...served]];
      }),
    );
  }
}
