/*
 * What Weir puts into the documents of a Streamlit app, before anything of the app's own runs.
 *
 * A session lives in the memory of one process, so a tab has to come back to that process even after
 * another tab of the same browser was given a newer one; and Streamlit does not run the script again when
 * it comes back to another process, so that the page would look alive and be stale. Runs under a strict
 * content security policy, and whatever fails in here must leave the app as it is.
 */
/* eslint-disable no-console -- it runs in a visitor's browser, and has no other log */
(() => {
  'use strict';

  const STATE = '/_weir/tab';
  const HEADER = 'X-Weir-Tab';
  const PARAMETER = '_weir_tab';
  const SERVICE_RESTART = 1012;
  const ASK_FIRST_MS = 1_000;
  const ASK_MOST_MS = 15_000;
  const RELOADED_AT = 'weir:reloaded-at';
  const RELOAD_APART_MS = 10_000;
  const YOUNG_MS = 15_000;

  /** The process this tab's session is in, and the release its document is of. */
  let { tab, release } = document.currentScript.dataset;
  let opened = 0;
  let asking;
  const native = { fetch: window.fetch, open: XMLHttpRequest.prototype.open };

  const attempt = (what, otherwise) => {
    try {
      return what();
    } catch (error) {
      console.debug('weir: ', error);
      return otherwise;
    }
  };

  const isOwn = (url) => attempt(() => {
    const { protocol, origin } = new URL(url, location.href);
    return protocol.startsWith('http') && origin === location.origin;
  }, false);

  const isStream = (url) => attempt(() => {
    const { host, pathname } = new URL(url, location.href);
    return host === location.host && pathname.endsWith('/stream');
  }, false);

  const isPoll = (url) => attempt(() => /\/_stcore\/(health|host-config)$/.test(new URL(url, location.href).pathname), false);

  // ── every request says which tab it is of ────────────────────────────────────

  const bound = (url) => attempt(() => {
    const address = new URL(url, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    address.searchParams.set(PARAMETER, tab);
    return address.href;
  }, url);

  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, [url, ...rest], newTarget) {
      if (!isStream(url)) return Reflect.construct(target, [url, ...rest], newTarget);
      const socket = Reflect.construct(target, [bound(url), ...rest], newTarget);
      socket.addEventListener('open', onOpen);
      socket.addEventListener('close', onClose);
      return socket;
    },
  });

  window.fetch = function fetch(input, init) {
    const isRequest = input instanceof Request;
    if (!isOwn(isRequest ? input.url : input)) return native.fetch.call(this, input, init);
    const more = attempt(() => {
      const headers = new Headers(init?.headers ?? (isRequest ? input.headers : undefined));
      headers.set(HEADER, tab);
      return { ...init, headers };
    }, init);
    const send = (init) => native.fetch.call(this, input, init);
    // Streamlit would ask every few seconds for as long as the app sleeps, and show its dialog over the notice.
    return notice && isPoll(isRequest ? input.url : input) ? awake.then(() => send({ ...more, signal: undefined })) : send(more);
  };

  XMLHttpRequest.prototype.open = function open(method, url, ...rest) {
    native.open.call(this, method, url, ...rest);
    if (isOwn(url)) attempt(() => this.setRequestHeader(HEADER, tab));
  };

  // ── what the app is now, whenever the socket was away ────────────────────────

  function onOpen() {
    clearTimeout(asking);
    opened += 1;
    if (opened > 1) void ask(ASK_FIRST_MS, true);
  }

  /** Told to restart, a new release may serve already; else the network is asked after Streamlit has tried it. */
  function onClose({ code }) {
    clearTimeout(asking);
    asking = setTimeout(() => void ask(ASK_FIRST_MS, false), code === SERVICE_RESTART ? 0 : ASK_FIRST_MS);
  }

  async function ask(againMs, isOpen) {
    clearTimeout(asking);
    try {
      const answer = await native.fetch.call(window, STATE, { headers: { [HEADER]: tab }, cache: 'no-store' });
      if (answer.ok && follow(await answer.json(), isOpen)) return;
    } catch (error) {
      console.debug('weir: ', error);
    }
    asking = setTimeout(() => void ask(Math.min(ASK_MOST_MS, againMs * 2), isOpen), againMs);
  }

  /** Whether that is the end of it; else it is asked again. */
  function follow(now, isOpen) {
    showAsleep(now.state === 'asleep');
    if (now.state !== 'serving') return false;
    if (now.release !== release) location.reload();
    else if (isOpen && now.tab !== tab) rerun(now.tab);
    return true;
  }

  /** Another process of the same release: it knows nothing of this page until the script has run there. */
  function rerun(now) {
    tab = now;
    window.postMessage({ stCommVersion: 1, type: 'RERUN_SCRIPT' }, location.origin);
  }

  // ── a page that lost a part while it loaded ──────────────────────────────────

  /** Browsers break off what they are loading when their network changes, and without one of its modules a page stays blank. */
  window.addEventListener('error', ({ target }) => {
    if (target instanceof HTMLScriptElement ? isOwn(target.src) : target instanceof HTMLLinkElement && isOwn(target.href)) loadAgain();
  }, true);
  window.addEventListener('vite:preloadError', loadAgain);

  /** Not in a session that has lasted, which it would end, nor again and again for a part that is not there. */
  function loadAgain() {
    attempt(() => {
      const now = Date.now();
      if ((opened > 0 && performance.now() > YOUNG_MS) || now - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_APART_MS) return;
      sessionStorage.setItem(RELOADED_AT, String(now));
      location.reload();
    });
  }

  // ── asleep ───────────────────────────────────────────────────────────────────

  let notice;
  let awake;
  let wakeUp;

  function showAsleep(asleep) {
    if (!asleep) {
      notice?.remove();
      notice = undefined;
      wakeUp?.();
    } else if (!notice) {
      notice = makeNotice();
      awake = new Promise((resolve) => (wakeUp = resolve));
      document.body.append(notice);
      notice.showModal();
    }
  }

  function makeNotice() {
    const [dialog, title, button] = ['dialog', 'h2', 'button'].map((name) => document.createElement(name));
    title.textContent = 'This app is asleep';
    title.id = 'weir-asleep';
    button.textContent = 'Wake it up';
    button.type = 'button';
    button.autofocus = true;
    button.addEventListener('click', () => location.reload());
    dialog.setAttribute('aria-labelledby', title.id);
    Object.assign(dialog.style, { border: '1px solid GrayText', borderRadius: '8px', padding: '24px 32px', textAlign: 'center', font: '16px/1.5 system-ui, sans-serif', color: 'CanvasText', background: 'Canvas', colorScheme: 'light dark' });
    Object.assign(title.style, { margin: '0 0 16px', font: 'inherit', fontSize: '20px' });
    Object.assign(button.style, { font: 'inherit', padding: '6px 16px', cursor: 'pointer' });
    dialog.append(title, button);
    return dialog;
  }
})();
