import { Observable, type SchedulerLike, Subject } from 'rxjs';
import type { Endpoint, Wire } from '../network/network.js';
import type { RecordedFrame, RecordedSocket } from './format.js';
import { recipients } from './recipients.js';

interface OpenWire {
  readonly url: string;
  readonly messages: Subject<string>;
  /** The sockets that it is served by, where that was said. */
  readonly sockets: readonly string[] | undefined;
}

/** The wires that are open on a replay, and the frames for each. */
export class ReplayedWires {
  private wires: readonly OpenWire[] = [];
  private routes = new Map<string, readonly OpenWire[]>();
  private opened = 0;

  constructor(
    private readonly sockets: readonly RecordedSocket[],
    private readonly clock: SchedulerLike,
    private readonly reply: ((sent: string, endpoint: Endpoint) => string | undefined) | undefined,
    /** Told when a wire was opened or left. */
    private readonly onChange: () => void,
  ) {}

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
      const open = { url: endpoint.url, messages, sockets };
      const leave = (): void => {
        if (!this.wires.includes(open)) return;
        this.assign(this.wires.filter((wire) => wire !== open));
        this.onChange();
      };
      const send = (text: string): void => {
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
      subscriber.add(leave);
      subscriber.add(
        this.clock.schedule(() => {
          this.opened += 1;
          this.assign([...this.wires, open]);
          subscriber.next({ messages: messages.asObservable(), send, close });
          this.onChange();
        }),
      );
    });
  }

  deliver({ socket, data }: RecordedFrame): void {
    // A socket that the header does not name can be anybody's.
    for (const { messages } of this.routes.get(socket) ?? this.wires) messages.next(data);
  }

  private assign(wires: readonly OpenWire[]): void {
    this.wires = wires;
    const found = recipients(
      this.sockets,
      wires.filter(({ sockets }) => sockets === undefined),
    );
    this.routes = new Map(
      this.sockets.map(({ socket }, i) => {
        const served = wires.filter(({ sockets }) => sockets?.includes(socket) === true);
        return [socket, [...(found[i] ?? []), ...served]];
      }),
    );
  }
}
