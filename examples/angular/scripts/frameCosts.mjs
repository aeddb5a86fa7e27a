/**
 * What the page costs in time of a core, by tracing: the same whatever else the machine does meanwhile, but for caches. Tracing
 * itself is in it, too.
 *
 * @param session To the browser itself.
 * @param count Tells how many messages there were so far.
 * @returns Of the page's own thread, in ms: `draws`, each frame's drawing (style, layout, paint, animation, commit); `timers`, each
 *   timer's run, which is where a window of signals is shown; `rest`, all else together, which is what messages take. `elsewhere`:
 *   the other threads of the browser together. `parts`: what the page's thread did, by name, as `[name, of a core, by the wall]`.
 */
export async function costsOf(session, seconds, count) {
  const events = [];
  const keep = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', keep);
  const includedCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', 'cc', 'v8'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  const [begun, first] = [performance.now(), await count()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const [messages, lasted] = [(await count()) - first, (performance.now() - begun) / 1_000];
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', keep);
  return { messages, lasted, ...counted(events) };
}

function counted(events) {
  const timed = events.filter(({ ph, tdur }) => ph === 'X' && tdur !== undefined);
  const threads = tally(timed, ({ pid, tid }) => `${pid} ${tid}`);
  // Of several renderers the page's is the one that draws frames.
  const drawn = (list) => list.filter(({ name }) => name === 'ProxyMain::BeginMainFrame').length;
  const [own] = [...threads.values()].sort((one, other) => drawn(other) - drawn(one));
  if (own === undefined || drawn(own) === 0) throw new Error('no frame was traced');

  const kinds = tally(own, ({ name }) => name);
  const each = (name) => outer(kinds.get(name) ?? []).map(({ tdur }) => tdur / 1_000);
  const [draws, timers] = [each('ProxyMain::BeginMainFrame'), each('TimerFire')];
  const whole = (list) => sum(outer(list).map(({ tdur }) => tdur / 1_000));
  return {
    draws,
    timers,
    rest: whole(own) - sum(draws) - sum(timers),
    elsewhere: sum([...threads.values()].filter((list) => list !== own).map(whole)),
    parts: [...kinds]
      .map(([name, list]) => [name, sum(each(name)), sum(outer(list).map(({ dur }) => dur / 1_000))])
      .sort((one, other) => other[1] - one[1]),
  };
}

export const sum = (values) => values.reduce((total, value) => total + value, 0);

function tally(events, keyOf) {
  const by = new Map();
  for (const event of events) {
    const key = keyOf(event);
    const list = by.get(key);
    if (list === undefined) by.set(key, [event]);
    else list.push(event);
  }
  return by;
}

/** Those that stand in no other of the same thread. */
function outer(list) {
  let end = -Infinity;
  return [...list]
    .sort((one, other) => one.ts - other.ts || other.dur - one.dur)
    .filter(({ ts, dur }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}
