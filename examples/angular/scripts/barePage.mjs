/**
 * A page that nothing watches. playwright has every page tell it of each message of each socket, which at thousands a second takes
 * the page longer than the messages themselves; so what is measured is opened beside it, by the browser's own protocol.
 *
 * @param browser Of playwright.
 * @returns `send` speaks the protocol to the page; `evaluate` runs an expression in it, and waits for what it promises.
 */
export async function openBare(browser, url, { width, height }) {
  const session = await browser.newBrowserCDPSession();
  const { targetId } = await session.send('Target.createTarget', { url: 'about:blank', width, height });
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(`${asked.method}: ${error.message}`));
  });
  let last = 0;
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { method, resolve, reject });
      const message = JSON.stringify({ id: last, method, params });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await send('Page.enable');
  await send('Page.navigate', { url });
  return { browser: session, send, evaluate, close: () => session.send('Target.closeTarget', { targetId }) };
}
