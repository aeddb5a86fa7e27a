import {
  AsyncSubject,
  type Observable,
  type SchedulerLike,
  type Subscription,
  Subject,
  defer,
  finalize,
  map,
  merge,
  switchMap,
  timer,
} from 'rxjs';
import { AuthenticationRefusedError } from '../../../errors/authenticationRefusedError.js';
import { WireLostError } from '../../../errors/wireLostError.js';
import type { Link } from '../../../socket/plan.js';
import type { DxLinkCredentials, DxLinkTokens } from './tokens.js';

export interface RightsConfig {
  readonly venue: string;
  readonly tokens: DxLinkTokens;
  readonly link: Pick<Link, 'send' | 'lose'>;
  readonly scheduler: SchedulerLike;
  /** Rights are taken away in the midst of the session: nothing is heard until they are back. */
  readonly taken: () => void;
  /** They are back. */
  readonly regained: () => void;
}

/** How often a session whose rights were taken away is tried with a fresh token, in a row, until it is given up. */
const MOST_RENEWALS = 2;
/** How long after an `UNAUTHORIZED` behind our AUTH an `AUTHORIZED` may still come, in ms. */
const STANDS_AFTER = 2_000;
/** How long an AUTH may go without an answer, in ms; in the handshake the handshake's own bound holds. */
const ANSWER_WITHIN = 10_000;

/**
 * What one session may do: nothing before both SETUPs and an `AUTHORIZED`.
 *
 *     ── UNAUTHORIZED ──▶ AUTH ── AUTHORIZED ──▶ granted ── UNAUTHORIZED ──▶ AUTH with a fresh token ── AUTHORIZED ──▶ regained
 *                          └───── UNAUTHORIZED ── nothing else for a while, or the end of the wire ──▶ refused
 *
 * An AUTH_STATE does not say which AUTH it answers. So there is one on its way at a time: a token that comes meanwhile waits
 * for the answer, and what the venue said last holds. An `UNAUTHORIZED` behind our AUTH may be the one of before, told twice
 * or late: it refuses the token when no `AUTHORIZED` has followed. Each refusal ends the session and no more than that, since
 * the venue says it for a while of good tokens, too (`Session not found: api`): for good says no only who gives them.
 */
export class Rights {
  private readonly granted = new AsyncSubject<unknown>();
  private readonly renewals = new Subject<void>();
  private isSetUp = false;
  private isReady = false;
  private wantsToken = false;
  private hasRights = false;
  /** The AUTH that is not answered yet, and whether there is a newer token by now. */
  private pending: Subscription | undefined;
  private isOutdated = false;
  /** Runs while an `UNAUTHORIZED` behind our AUTH may not be the answer to it. */
  private doubt: Subscription | undefined;
  /** What was sent last. */
  private sent: DxLinkCredentials | undefined;
  /** What this session has, whether it was asked for it or not. */
  private token: string | undefined;
  private refusals = 0;

  constructor(private readonly config: RightsConfig) {
    this.token = config.tokens.current.token;
  }

  /** Completes when the session may begin; errors when its token is refused. */
  readonly granted$: Observable<unknown> = this.granted.pipe(finalize(() => this.settle()));

  /** Whether the venue lets this session do anything just now. */
  get isAuthorised(): boolean {
    return this.hasRights;
  }

  /** Keeps the token alive while it is observed. Errors when there is none any more. */
  readonly kept$: Observable<unknown> = defer(() =>
    merge(
      this.config.tokens.kept$.pipe(
        map(({ token }, index) => {
          // Where none was wanted, another wire has asked for its own, and was given none either.
          if (token === undefined && this.token === undefined) return;
          // The first is the present one: whatever the handshake has made of it.
          if (index > 0 || token !== this.token) this.authorise();
        }),
      ),
      this.renewals.pipe(switchMap(() => this.config.tokens.fresh())),
    ).pipe(finalize(() => this.pending?.unsubscribe())),
  );

  /** The venue's SETUP is there: a token sent before is refused at times. */
  setUp(): void {
    this.isSetUp = true;
    if (this.wantsToken) this.authorise();
    this.proceed();
  }

  /** The venue's AUTH_STATE. */
  answered(isAuthorised: boolean): void {
    const isAnswer = this.pending !== undefined;
    this.pending?.unsubscribe();
    this.pending = undefined;
    if (isAuthorised) this.onAuthorised();
    else if (this.isReady) this.onLost(isAnswer);
    else this.onUnauthorised();
    if (this.isOutdated) this.authorise();
  }

  /** An AUTH_STATE that can't be read. In the handshake it is no answer; later nobody vouches for what we had any more. */
  unclear(): void {
    if (this.isReady) this.answered(false);
  }

  private onAuthorised(): void {
    const hadLost = this.isReady && !this.hasRights;
    this.doubt?.unsubscribe();
    this.doubt = undefined;
    this.hasRights = true;
    this.refusals = 0;
    if (this.sent !== undefined) this.config.tokens.accepted(this.sent);
    this.proceed();
    if (hadLost) this.config.regained();
  }

  /** The first one asks for the token; one after our AUTH refuses it, as far as is known. */
  private onUnauthorised(): void {
    if (this.sent === undefined) {
      this.wantsToken = true;
      if (this.isSetUp) this.authorise();
      return;
    }
    this.doubt ??= timer(STANDS_AFTER, this.config.scheduler).subscribe(() => {
      this.settle();
      this.granted.error(new WireLostError('auth', 'the token was refused; trying a fresh one'));
    });
  }

  /** The refusal that was in doubt stands, also where the venue has closed the wire behind it. */
  private settle(): void {
    if (this.doubt === undefined) return;
    this.doubt.unsubscribe();
    this.doubt = undefined;
    if (this.sent !== undefined) this.config.tokens.refused(this.sent);
  }

  /** In the midst of a session. The wire stays open at the venue; a new token brings the rights back. */
  private onLost(isAnswer: boolean): void {
    const { tokens, link, taken } = this.config;
    const isNews = this.hasRights;
    // Said again while a fresh token is on its way.
    if (!isNews && !isAnswer) return;
    this.hasRights = false;
    this.refusals += 1;
    tokens.refused(this.sent ?? tokens.current);
    if (isNews) taken();
    if (this.refusals > MOST_RENEWALS) link.lose('auth', 'the venue took the rights of this session away');
    else if (!this.isOutdated) this.renewals.next();
  }

  private authorise(): void {
    const { tokens, venue, link, scheduler } = this.config;
    this.isOutdated = this.pending !== undefined;
    if (this.isOutdated) return;
    const { current } = tokens;
    const { token } = current;
    if (token === undefined) {
      const text = 'a token is wanted, and none was given';
      if (this.isReady) link.lose('auth', text);
      else this.granted.error(new AuthenticationRefusedError(venue, text));
      return;
    }
    this.sent = current;
    this.token = token;
    tokens.sent();
    this.pending = timer(ANSWER_WITHIN, scheduler).subscribe(() => this.unanswered());
    link.send(JSON.stringify({ type: 'AUTH', channel: 0, token }));
  }

  private unanswered(): void {
    this.pending = undefined;
    if (!this.isReady) return;
    if (!this.hasRights) this.config.link.lose('auth', `AUTH was not answered within ${ANSWER_WITHIN} ms`);
    // A session that has its rights goes on with them.
    else if (this.isOutdated) this.authorise();
  }

  private proceed(): void {
    if (!this.isSetUp || !this.hasRights || this.isReady) return;
    this.isReady = true;
    this.granted.complete();
  }
}
