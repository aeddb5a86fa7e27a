/** What stands below the options in `--help`. The shapes promised here are held by specs. */
export const EXIT_CODES = `
Exit codes:
  0  ended as asked: --for is over, Ctrl-C, q, the end of the recording, or the reader of a pipe went away
  1  ended by an error: the venue refused, a file or the output could not be read or written
  2  misuse; one line on stderr says what is accepted
  3  --for or the recording is over and nothing was received`;

export const WATCH_NOTES = `
Without a symbol, --venue and --url a simulated venue is watched: a server in this process, reached over a real loopback
socket, that loses messages and hangs up every 20 s, and lets its client wait for seconds each time (--faults none: a
flawless one). \`simulate --help\` names the faults.

Keys on a terminal: tab, arrows or 1 to 9 choose the symbol, s adds one, x leaves one out, g and G group levels, p holds the
screen, ? explains, q stops. Signs are ASCII where LC_ALL, LC_CTYPE or LANG name no UTF-8; NO_COLOR=1 takes the colours away.
Proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY are used.

--web serves a page instead, to this machine only: ladder, tape and faults of each symbol, a board of several; of a simulated venue
its account, and buttons that injure it. It prints the address and opens nothing.

Without a terminal the output is one line per noteworthy thing. Times are UTC.

--json prints one object a line; "at" is Unix ms, prices and sizes are the venue's decimal texts:
  {"type":"connection","at",…,"wire","status"}         status: idle connecting ready lost waiting closed;
                                                       lost adds "reason", "text"; waiting adds "ms", "attempt"
  {"type":"fault","at",…,"fault","message"}            fault: gap resnapshot decode snapshot refused …
  {"type":"book","at","status","sequence","bids":[["price","size"],…],"asks":[…]}
                                                       status: syncing live stale; stale adds "reason", "since"
  {"type":"trade","at","id","side","price","size"}     side: the taker's, buy or sell
  {"type":"quote","at","bid":["price","size"],"ask":[…]}
  {"type":"candle","at","interval","openTime","closeTime","open","high","low","close","volume","closed"}
  {"type":"ticker","at","open","high","low","last","volume"}
  {"type":"table","at","status",…}                     accounts: "cash", "positions", "profits", "orders", …
                                                       boards: "quotes", "chain"
  {"type":"refused","at","instrument","text"}          of several symbols one that the venue does not serve
  {"type":"dropped","at","count"}                      lines left out because the reader was too slow
  {"type":"end","at","why","messages","gaps","resnapshots","reconnects"}
`;

export const REPLAY_NOTES = `
--json prints one document: frames, books (the 25 best levels, a digest of all, points on the way) and sums of trades
per symbol, all decimals exact.
`;

export const RELAY_NOTES = `
Without --venue and --url a simulated venue is relayed. Secrets are in the environment, not among these words:
MILLRACE_TOKEN is asked of whoever connects to --listen, and has to be there where not only this machine can connect;
NATS_USER and NATS_PASSWORD, NATS_TOKEN, or NATS_CREDS (a file) are who we are to NATS; NATS_INBOX is the prefix of our inbox.
A channel of an account is offered where --channel names it, and by --listen only to whoever has the token.
`;
