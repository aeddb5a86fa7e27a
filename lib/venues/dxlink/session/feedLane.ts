import { normalSymbol, toldSymbol } from '../candleSymbol.js';
import { requestedFields, isEventType } from '../eventTypes.js';
import { type Layout, layoutOf } from './compactLayout.js';
import { fieldName } from './feedData.js';
import { type DxLinkContract, type FeedDetail, entryKey } from '../topics.js';

/** How often something is asked for in vain before its channel is opened anew. */
const IN_VAIN = 3;

/** One feed channel: a session within the session. Knows the fields of its rows, and whose they are. */
export class FeedLane {
  isOpen = false;
  /** What the venue said last on this channel, if it was a refusal. */
  refusal: string | undefined;
  /** Types whose fields were asked for. */
  readonly requested = new Set<string>();
  /** The order of a type's values, as the venue granted it. */
  private readonly granted = new Map<string, readonly string[]>();
  private readonly layouts = new Map<string, Layout | undefined>();
  /** Types that were asked for, of which neither fields nor rows were told since. */
  private readonly unsettled = new Set<string>();
  /** How many frames of it in a row can't be read. */
  private misread = 0;
  /** Since a frame that nobody can read nothing was heard of it. */
  private watched: object | undefined;
  /** How often each was asked for since anything came. */
  private readonly unheard = new Map<string, number>();
  /** The keys of the channels of ours that rows belong to. */
  private readonly keys = new Map<string, string>();
  /** Whose rows are that don't tell their source, of those that want one. */
  private readonly sourceless = new Map<string, string>();
  /** Whose row the last one was: the next of a frame is nearly always of the same. */
  private last: { type: string; symbol: string; source: unknown; key: string | undefined } | undefined;

  constructor(
    readonly id: number,
    readonly contract: DxLinkContract,
  ) {}

  add(key: string, { type, symbol, source }: FeedDetail): void {
    this.last = undefined;
    this.keys.set(entryKey(type, normalSymbol(symbol), source), key);
    // Where the venue drops the field `source`, its rows are still somebody's.
    if (source !== undefined) this.sourceless.set(entryKey(type, symbol), key);
    this.unheard.set(key, (this.unheard.get(key) ?? 0) + 1);
  }

  /** A row came that is somebody's: it is there, and its rows are read by the right fields. */
  heard(): void {
    this.watched = undefined;
    if (this.unheard.size > 0) this.unheard.clear();
  }

  /** Whether so much was asked for in vain that the venue may have closed it, and the word of that was lost. */
  isMute(key: string): boolean {
    return (this.unheard.get(key) ?? 0) > IN_VAIN;
  }

  /** @returns By what to ask later whether anything was heard by then; `undefined`: somebody will. */
  watch(): object | undefined {
    if (!this.isOpen || this.watched !== undefined) return undefined;
    this.watched = {};
    return this.watched;
  }

  isStill(watch: object): boolean {
    return this.watched === watch;
  }

  remove(key: string, { type, symbol, source }: FeedDetail): void {
    this.last = undefined;
    const entry = entryKey(type, normalSymbol(symbol), source);
    if (this.keys.get(entry) === key) this.keys.delete(entry);
    if (this.sourceless.get(entryKey(type, symbol)) === key) this.sourceless.delete(entryKey(type, symbol));
  }

  has(key: string, { type, symbol, source }: FeedDetail): boolean {
    return this.keys.get(entryKey(type, normalSymbol(symbol), source)) === key;
  }

  /** The keys of all that ride on it. */
  riders(): ReadonlySet<string> {
    return new Set(this.keys.values());
  }

  request(type: string): void {
    this.requested.add(type);
    this.unsettled.add(type);
  }

  /** @param eventFields Absent where the venue tells none: they are as asked for. */
  grant(eventFields: Readonly<Record<string, readonly string[]>> | undefined): void {
    if (eventFields === undefined) this.unsettled.clear();
    for (const [type, fields] of Object.entries(eventFields ?? {})) {
      this.granted.set(type, fields.map(fieldName));
      this.unsettled.delete(type);
    }
    this.layouts.clear();
  }

  /** Rows of a type were read: what their fields are was told before them, or will not be. */
  settle(type: string): void {
    if (this.unsettled.size > 0) this.unsettled.delete(type);
    this.misread = 0;
  }

  /** Whether there are rows whose fields are told before them, and were not. */
  lacksFieldsOf(data: unknown): boolean {
    return this.unsettled.size > 0 && Array.isArray(data) && data.some((part) => this.unsettled.has(part as string));
  }

  /** Whether a frame that nobody can read may have been what tells the fields of rows to come. */
  get isUnsettled(): boolean {
    return this.unsettled.size > 0;
  }

  /** A frame of it can't be read. @returns Whether so many in a row that its rows have other fields than is known. */
  isMisread(): boolean {
    this.misread += 1;
    return this.misread >= IN_VAIN;
  }

  /** As granted, or as asked where the venue says nothing of it. */
  fieldsOf(type: string): readonly string[] | undefined {
    return this.granted.get(type) ?? (isEventType(type) ? requestedFields(type).map(fieldName) : undefined);
  }

  /** How its rows are read from a text; `undefined` where they can't be. */
  layoutOf(type: string): Layout | undefined {
    if (this.unsettled.has(type)) return undefined;
    const known = this.layouts.get(type);
    if (known !== undefined || this.layouts.has(type)) return known;
    const layout = layoutOf(type, this.fieldsOf(type) ?? []);
    this.layouts.set(type, layout);
    return layout;
  }

  /** Whose row it is; `undefined` where nobody wants it any more. */
  keyOf(type: string, symbol: unknown, source: unknown): string | undefined {
    // Nobody's, but what it was may be missing somewhere.
    if (typeof symbol !== 'string' || symbol === '') throw new TypeError(`a row of ${type} without eventSymbol`);
    const { last } = this;
    if (last?.symbol === symbol && last.source === source && last.type === type) return last.key;
    const [entry, plain] = [entryKey(type, symbol, source), entryKey(type, symbol)];
    const key =
      this.keys.get(entry) ??
      this.keys.get(entryKey(type, toldSymbol(symbol))) ??
      // One that tells another source is of a book that nobody wants any more.
      (entry === plain ? this.sourceless.get(plain) : undefined) ??
      this.keys.get(entryKey(type, '*'));
    this.last = { type, symbol, source, key };
    return key;
  }
}
