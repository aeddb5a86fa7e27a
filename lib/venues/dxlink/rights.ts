import { AsyncSubject, type Observable, Subject, defer, map, merge, switchMap } from 'rxjs';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Link } from '../../socket/plan.js';
import type { DxLinkTokens } from './tokens.js';

export interface RightsConfig {
  readonly venue: string;
  readonly tokens: DxLinkTokens;
  readonly link: Pick<Link, 'send' | 'lose'>;
  /** Rights that were taken away in the midst of the session are back. */
  readonly regained: () => void;
}

/** Tokens refused in the midst of a session until it is given up. */
const MOST_REFUSALS = 2;

/**
 * What one session may do: nothing before both SETUPs and an `AUTHORIZED`.
 *
 *     ── UNAUTHORIZED ──▶ AUTH ── AUTHORIZED ──▶ granted ── UNAUTHORIZED ──▶ AUTH with a fresh token ── AUTHORIZED ──▶ regained
 *                          └───── UNAUTHORIZED ──▶ refused
 */
export class Rights {
  private readonly granted = new AsyncSubject<unknown>();
  private readonly renewals = new Subject<void>();
  private isSetUp = false;
  private isReady = false;
  private wantsToken = false;
  private hasRights = false;
  private sentToken = false;
  /** What this session has, whether it was asked for it or not. */
  private token: string | undefined;
  private refusals = 0;

  constructor(private readonly config: RightsConfig) {
    this.token = config.tokens.current.token;
  }

  /** Completes when the session may begin; errors when its token is refused. */
  readonly granted$: Observable<unknown> = this.granted;

  /** Whether the venue lets this session do anything just now. */
  get isAuthorised(): boolean {
    return this.hasRights;
  }

  /** Keeps the token alive while it is observed. Errors when there is none any more. */
  readonly kept$: Observable<unknown> = defer(() =>
    merge(
      this.config.tokens.kept$.pipe(
        map(({ token }, index) => {
          // The first is the present one: whatever the handshake has made of it.
          if (index > 0 || token !== this.token) this.authorise();
        }),
      ),
      this.renewals.pipe(switchMap(() => this.config.tokens.fresh())),
    ),
  );

  /** The venue's SETUP is there: a token sent before is refused at times. */
  setUp(): void {
    this.isSetUp = true;
    if (this.wantsToken) this.authorise();
    this.proceed();
  }

  /** The venue's AUTH_STATE. */
  told(isAuthorised: boolean): void {
    if (isAuthorised) this.onAuthorised();
    else if (this.isReady) this.onLost();
    else this.onUnauthorised();
  }

  private onAuthorised(): void {
    const hadLost = this.isReady && !this.hasRights;
    this.hasRights = true;
    this.refusals = 0;
    if (this.sentToken) this.config.tokens.accepted();
    this.proceed();
    if (hadLost) this.config.regained();
  }

  /** The first one asks for the token; one after our AUTH refuses it. */
  private onUnauthorised(): void {
    const { tokens, venue } = this.config;
    if (!this.sentToken) {
      this.wantsToken = true;
      if (this.isSetUp) this.authorise();
      return;
    }
    tokens.refused();
    // Once more with a fresh one; then it is not the token's age.
    this.granted.error(
      tokens.refusals >= 2
        ? new AuthenticationRefusedError(venue, 'UNAUTHORIZED after AUTH, twice in a row')
        : new WireLostError('auth', 'the token was refused; trying a fresh one'),
    );
  }

  /** In the midst of a session. The wire stays open at the venue; a new token brings the rights back. */
  private onLost(): void {
    this.hasRights = false;
    this.refusals += 1;
    this.config.tokens.refused();
    if (this.refusals > MOST_REFUSALS) this.config.link.lose('auth', 'the venue took the rights of this session away');
    else this.renewals.next();
  }

  private authorise(): void {
    const { tokens, venue, link } = this.config;
    const { token } = tokens.current;
    if (token === undefined) {
      const text = 'a token is wanted, and none was given';
      if (this.isReady) link.lose('auth', text);
      else this.granted.error(new AuthenticationRefusedError(venue, text));
      return;
    }
    this.sentToken = true;
    this.token = token;
    tokens.sent();
    link.send(JSON.stringify({ type: 'AUTH', channel: 0, token }));
  }

  private proceed(): void {
    if (!this.isSetUp || !this.hasRights || this.isReady) return;
    this.isReady = true;
    this.granted.complete();
  }
}
