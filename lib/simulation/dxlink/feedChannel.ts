import type { FaultSchedule } from '../faults/faultSchedule.js';
import type { Cells } from './cells.js';
import { defaultFields } from './defaultFields.js';
import type { Feed } from './feed.js';
import type { Feeds } from './feeds.js';

/** What a channel of either service needs of its session. */
export interface ChannelHost {
  readonly feeds: Feeds;
  readonly faults: FaultSchedule;
  /** Rows in one frame at most. */
  readonly rowsPerFrame: number;
  /** Several types in one frame, as the protocol allows and the official client cannot read. */
  readonly mixesTypes: boolean;
  now(): number;
  /** A control frame, sent as it is. */
  answer(frame: object): void;
  /** Data, which faults may spoil. */
  emit(stream: string, frame: string): void;
}

interface Subscription {
  readonly type: string;
  readonly symbol: string;
  readonly feed: Feed | undefined;
  /** The rest of its first snapshot never comes. */
  isCut: boolean;
  isEmitted: boolean;
}

interface Entry {
  readonly type?: unknown;
  readonly symbol?: unknown;
  readonly source?: unknown;
  readonly fromTime?: unknown;
}

/** One channel of the FEED service. */
export class FeedChannel {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly fields = new Map<string, readonly string[]>();
  private format: 'FULL' | 'COMPACT' = 'FULL';
  private period = 0;
  private dueAt = 0;
  /** Types whose fields a FEED_CONFIG has told. */
  private readonly configured = new Set<string>();
  /** Types whose fields the client can't know by what it asked for. */
  private readonly toConfigure = new Set<string>();
  private heldUntil: number | undefined;

  constructor(
    readonly id: number,
    private readonly contract: string,
    private readonly host: ChannelHost,
  ) {}

  get names(): readonly string[] {
    return [...this.subscriptions.keys()];
  }

  setUp(frame: Readonly<Record<string, unknown>>): void {
    const { acceptAggregationPeriod: period, acceptDataFormat: format, acceptEventFields: fields } = frame;
    if (typeof period === 'number') this.period = Math.max(0, period);
    if (format === 'FULL' || format === 'COMPACT') this.format = format;
    if (typeof fields !== 'object' || fields === null) return;
    for (const [type, names] of Object.entries(fields)) {
      if (Array.isArray(names)) this.fields.set(type, this.granted(type, names.map(String)));
      this.configured.delete(type);
    }
  }

  subscribe(frame: Readonly<Record<string, unknown>>): void {
    const entries = (list: unknown): readonly Entry[] => (Array.isArray(list) ? (list as readonly Entry[]) : []);
    if (frame['reset'] === true) this.subscriptions.clear();
    for (const entry of entries(frame['remove'])) this.subscriptions.delete(nameOf(entry));
    for (const entry of entries(frame['add'])) this.add(entry);
  }

  /** Sends what is due: nothing before the client has set up what COMPACT needs. */
  pulse(now: number): void {
    if (now < this.dueAt || this.isHeld(now)) return;
    this.dueAt = now + this.period * 1_000;
    const byType = new Map<string, Cells[]>();
    for (const subscription of this.subscriptions.values()) {
      const rows = this.rowsOf(subscription, now);
      if (rows.length === 0) continue;
      const list = byType.get(subscription.type) ?? [];
      byType.set(subscription.type, list);
      list.push(...rows);
    }
    if (byType.size === 0) return;
    this.configure([...byType.keys()]);
    this.send(byType);
  }

  private rowsOf(subscription: Subscription, now: number): readonly Cells[] {
    const { feed, type, symbol } = subscription;
    if (feed === undefined || subscription.isCut) return [];
    const rows = feed.collect(now);
    const isSnapshot = !subscription.isEmitted && rows.length > 2 && rows[0]?.['eventFlags'] !== undefined;
    if (rows.length > 0) subscription.isEmitted = true;
    if (!isSnapshot || this.host.faults.take('snapshotCut', `${type} ${symbol}`) === undefined) return rows;
    subscription.isCut = true;
    return rows.slice(0, Math.ceil(rows.length / 2));
  }

  private add(entry: Entry): void {
    const { type, symbol, source, fromTime } = entry;
    if (typeof type !== 'string' || typeof symbol !== 'string') return;
    const isUnknown = this.host.faults.take('unknownSymbol', `${type} ${symbol}`) !== undefined;
    const wanted = {
      type,
      symbol,
      contract: this.contract,
      source: typeof source === 'string' ? source : undefined,
      fromTime: typeof fromTime === 'number' ? fromTime : undefined,
    };
    // Whatever nobody knows is taken without a word, and stays silent.
    const feed = isUnknown ? undefined : this.host.feeds.feedOf(wanted);
    this.subscriptions.set(nameOf(entry), { type, symbol, feed, isCut: false, isEmitted: false });
    this.dueAt = Math.min(this.dueAt, this.host.now());
  }

  /** Which of the fields the venue grants: all, or one fewer. */
  private granted(type: string, names: readonly string[]): readonly string[] {
    if (this.host.faults.take('configFewerFields', type) === undefined) return names;
    const spared = SPARED.find((field) => names.includes(field));
    this.toConfigure.add(type);
    return names.filter((name) => name !== spared);
  }

  private isHeld(now: number): boolean {
    if (this.heldUntil === undefined) {
      const planned = this.configured.size > 0 ? undefined : this.host.faults.take('configLate', String(this.id));
      if (planned === undefined) return false;
      this.heldUntil = now + (planned.delay ?? 3_000);
    }
    if (now < this.heldUntil) return true;
    this.heldUntil = undefined;
    // Once is enough for a channel that had nothing to say yet.
    return false;
  }

  /** Before the first data it applies to, and not earlier. Without fields it means: as asked. */
  private configure(types: readonly string[]): void {
    if (types.every((type) => this.configured.has(type))) return;
    for (const type of types) {
      this.configured.add(type);
      if (this.format === 'FULL' || this.fields.has(type)) continue;
      this.fields.set(type, defaultFields(type));
      this.toConfigure.add(type);
    }
    const named = [...this.fields].filter(([type]) => this.configured.has(type));
    const mayBeSilent = named.every(([type]) => !this.toConfigure.has(type));
    const isSilent = mayBeSilent && this.host.faults.take('configWithoutFields', String(this.id)) !== undefined;
    this.host.answer({
      type: 'FEED_CONFIG',
      channel: this.id,
      aggregationPeriod: this.period,
      dataFormat: this.format,
      ...(this.format === 'COMPACT' && !isSilent && { eventFields: Object.fromEntries(named) }),
    });
  }

  private send(byType: ReadonlyMap<string, readonly Cells[]>): void {
    const parts: { readonly stream: string; readonly text: string }[] = [];
    for (const [type, rows] of byType) {
      for (let start = 0; start < rows.length; start += this.host.rowsPerFrame) {
        const some = rows.slice(start, start + this.host.rowsPerFrame);
        parts.push({
          stream: `${type} ${JSON.parse(some[0]?.['eventSymbol'] ?? '""') as string}`,
          text: this.write(type, some),
        });
      }
    }
    const frame = (data: string): string => `{"type":"FEED_DATA","channel":${String(this.id)},"data":[${data}]}`;
    if (this.host.mixesTypes && byType.size > 1 && parts.length === byType.size) {
      const stream = parts.map((part) => part.stream).join(' ');
      this.host.emit(stream, frame(parts.map((part) => part.text).join(',')));
      return;
    }
    for (const { stream, text } of parts) this.host.emit(stream, frame(text));
  }

  private write(type: string, rows: readonly Cells[]): string {
    const fields = this.fields.get(type);
    if (this.format === 'FULL' || fields === undefined) {
      return rows.map((row) => this.writeFull(type, row, fields)).join(',');
    }
    const cells = rows.map((row) => fields.map((field) => this.cell(type, row, field)).join(','));
    return `"${type}",[${cells.join(',')}]`;
  }

  private writeFull(type: string, row: Cells, fields: readonly string[] | undefined): string {
    const names = fields ?? Object.keys(row);
    const cells = names
      .filter((name) => row[name] !== undefined && row[name] !== 'null')
      .map((name) => `"${name}":${row[name] ?? ''}`);
    const head = [
      `"eventType":"${type}"`,
      ...(names.includes('eventSymbol') ? [] : [`"eventSymbol":${row['eventSymbol'] ?? '""'}`]),
    ];
    return `{${[...head, ...cells].join(',')}}`;
  }

  private cell(type: string, row: Cells, field: string): string {
    return field === 'eventType' ? `"${type}"` : (row[field] ?? '"NaN"');
  }
}

/** Fields that a client can do without, as the demo of dxFeed drops `VWAP`. */
const SPARED: readonly string[] = [
  'VWAP',
  'bidExchangeCode',
  'exchangeCode',
  'vega',
  'dayTurnover',
  'marketMaker',
  'description',
];

const nameOf = ({ type, symbol, source }: Entry): string =>
  [type, symbol, ...(typeof source === 'string' ? [source] : [])].map(String).join(' ');
