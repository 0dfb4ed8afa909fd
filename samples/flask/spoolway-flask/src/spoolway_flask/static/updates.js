'use strict';
/*
 * Keeps the page true. It asks the application for the page's sections and exchanges those that changed. While the
 * application does not answer, because it is being replaced, it shows the status that the proxy serves, and finds its way
 * back by itself. Without a script the page works too, and is loaded again every few seconds while something runs.
 */
(() => {
  const root = document.getElementById('spoolway');
  if (!root) {
    return;
  }
  const WORDS = JSON.parse(root.dataset.words);
  const LONGEST_ANSWER = 10000;
  const LONGEST_PAUSE = 5000;
  const HIDDEN_PAUSE = 15000;
  const GONE = 5;
  const away = document.getElementById('spoolway-away');
  const said = document.getElementById('spoolway-said');
  const shown = new Map();
  const language = root.dataset.language; /* an application's own frame may tell another, or none */

  let awaySince = null;
  let ahead = 0;
  let sentAt = -Infinity;
  let heading = root.dataset.heading;
  let pause = Number(root.dataset.poll);
  let timer = 0;
  let looking = false;
  let missing = 0;
  let touched = false;
  let farthest = { id: null, place: -1, undoing: false };

  /* ------------------------------------------------------------------ times */

  const UNITS = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [Infinity, 'day', 86400]];
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

  /* By the server's clock, since the browser's may be wrong. It is set only when it is off by more than a look takes. */
  const now = () => Date.now() + ahead;

  function setClock(told) {
    const difference = Date.parse(told) - Date.now();
    if (Math.abs(difference - ahead) > 3000) {
      ahead = difference;
    }
  }

  function ago(time) {
    const seconds = (time - now()) / 1000;
    const [, unit, length] = UNITS.find(([limit]) => Math.abs(seconds) < limit);
    return relative.format(unit === 'second' ? Math.round(seconds / 10) * 10 : Math.round(seconds / length), unit);
  }

  function lasted(millis) {
    const seconds = Math.max(0, Math.floor(millis / 1000));
    return seconds < 60
      ? WORDS.seconds.replace('{seconds}', seconds)
      : WORDS.minutes.replace('{minutes}', Math.floor(seconds / 60)).replace('{seconds}', seconds % 60);
  }

  function write(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  function tellTimes() {
    for (const element of root.querySelectorAll('time[data-ago], time[data-clock]')) {
      const time = new Date(element.dateTime);
      write(element, 'ago' in element.dataset ? ago(time) : exact.format(time));
      element.title = exact.format(time);
    }
    for (const element of root.querySelectorAll('[data-since]')) {
      write(element, lasted(now() - Date.parse(element.dataset.since)));
    }
    if (awaySince !== null) {
      write(part('since'), WORDS.since.replace('{time}', lasted(performance.now() - awaySince)));
    }
  }

  /* --------------------------------------------------------------- sections */

  /* As the browser spells it. A token that is made anew each time is no news. */
  function news(html) {
    const parsed = document.createElement('template');
    parsed.innerHTML = html;
    for (const token of parsed.content.querySelectorAll('[name=csrf_token]')) {
      token.removeAttribute('value');
    }
    return parsed.innerHTML;
  }

  function exchange(name, html) {
    const section = document.getElementById('spoolway-' + name);
    if (!section) {
      return;
    }
    const found = news(html);
    if (shown.get(name) === found) {
      renewTokens(section, html);
      return;
    }
    shown.set(name, found);
    const held = hold(section);
    section.innerHTML = html;
    prepare(section);
    restore(section, held);
  }

  /* They expire, long before somebody closes a page on which nothing happens. */
  function renewTokens(section, html) {
    const fresh = /name="csrf_token" value="([^"]*)"/.exec(html);
    for (const token of fresh ? section.querySelectorAll('[name=csrf_token]') : []) {
      token.value = fresh[1];
    }
  }

  /* What somebody has opened, written or chosen outlives the exchange. */
  function hold(section) {
    const active = section.contains(document.activeElement) ? document.activeElement : null;
    const log = section.querySelector('[data-log]');
    return {
      focus: active && place(section, active),
      opened: new Map(Array.from(section.querySelectorAll('details[id]'), (each) => [each.id, each.open])),
      chosen: touched ? Array.from(section.querySelectorAll('[data-keep] input'), (each) => [each.value, each.checked]) : [],
      log: log && { top: log.scrollTop, atEnd: log.scrollHeight - log.scrollTop - log.clientHeight < 24 },
    };
  }

  const FOCUSABLE = 'a[href], button, input:not([type=hidden]), summary, [tabindex]';
  const place = (section, element) => {
    const index = Array.from(section.querySelectorAll(FOCUSABLE)).indexOf(element);
    return { index, label: element.textContent };
  };

  function restore(section, held) {
    for (const details of section.querySelectorAll('details[id]')) {
      details.open = held.opened.get(details.id) ?? details.open;
      if (details.open) {
        details.dataset.seen = 'yes';
      }
    }
    const inputs = Array.from(section.querySelectorAll('[data-keep] input'));
    if (inputs.length === held.chosen.length) {
      inputs.forEach((input, index) => {
        if (input.type === 'radio') {
          input.checked = held.chosen[index][1];
        } else if (input.type !== 'hidden') {
          input.value = held.chosen[index][0];
        }
      });
    }
    const log = section.querySelector('[data-log]');
    if (log && held.log) {
      log.scrollTop = held.log.atEnd ? log.scrollHeight : held.log.top;
    }
    if (held.focus) {
      const there = Array.from(section.querySelectorAll(FOCUSABLE));
      const same = there.find((each) => each.textContent === held.focus.label && each.textContent !== '') ?? there[held.focus.index];
      (same ?? section.querySelector('[tabindex="-1"]'))?.focus({ preventScroll: true });
    }
  }

  function prepare(section) {
    for (const input of section.querySelectorAll('[data-minutes-west]')) {
      input.value = String(new Date().getTimezoneOffset());
    }
    for (const details of section.querySelectorAll('details')) {
      const log = details.querySelector('[data-log]');
      if (log) {
        log.scrollTop = log.scrollHeight;
        details.addEventListener('toggle', () => {
          if (!details.dataset.seen) {
            log.scrollTop = log.scrollHeight;
          }
        }, { once: true });
      }
    }
    tellTimes();
  }

  root.addEventListener('input', (event) => {
    touched = touched || Boolean(event.target.closest('[data-keep]'));
  });
  root.addEventListener('focusin', (event) => {
    const later = event.target.matches('[data-time]') && event.target.form.querySelector('[value=later]');
    if (later) {
      later.checked = true;
    }
  });
  /* Two clicks are one request. */
  root.addEventListener('submit', (event) => {
    if (event.target.dataset.sent || awaySince !== null) {
      event.preventDefault();
      away.focus(); /* nothing would take it now */
      return;
    }
    event.target.dataset.sent = 'yes';
    sentAt = performance.now();
    const button = event.submitter;
    if (button) {
      button.setAttribute('aria-disabled', 'true');
      button.textContent = WORDS.sending;
    }
  });

  /* ---------------------------------------------------------------- looking */

  const ask = (address) =>
    fetch(address, {
      cache: 'no-store', credentials: 'same-origin', redirect: 'manual',
      headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(LONGEST_ANSWER),
    });

  /* Null is no answer: the way is cut, or what answers is something else. */
  async function read(response) {
    try {
      return await response.json();
    } catch (unreadable) {
      return null;
    }
  }

  async function answerOf(address) {
    try {
      return await ask(address);
    } catch (unreachable) {
      return null;
    }
  }

  async function look() {
    const response = await answerOf(root.dataset.live);
    if (isSending()) {
      return; /* another form in its place could be sent again, and another page would stop it */
    }
    if (response === null || response.status >= 500 || response.status === 429) {
      await lookElsewhere();
      return;
    }
    if (response.status === 404) {
      missing += 1;
      if (missing < GONE) {
        await lookElsewhere();
      } else {
        location.assign(root.dataset.home); /* a version that has no such page */
      }
      return;
    }
    const answer = response.status === 200 ? await read(response) : null;
    if (answer === null && response.status === 200 && isJson(response)) {
      await lookElsewhere(); /* the process ended while it answered */
      return;
    }
    if (answer === null || !answer.sections) {
      loggedOut();
      return;
    }
    missing = 0;
    isBack();
    if (answer.build !== root.dataset.build && !touched) {
      location.reload(); /* the page of the version that runs by now */
      return;
    }
    setClock(answer.now);
    if (sentAt !== -Infinity) {
      sentAt = -Infinity;
      shown.clear(); /* what was sent has led nowhere, so that it may be sent again */
    }
    for (const [name, html] of Object.entries(answer.sections)) {
      exchange(name, html);
    }
    say(answer.heading);
    pause = answer.poll;
  }

  const isJson = (response) => (response.headers.get('Content-Type') ?? '').startsWith('application/json');
  const isSending = () => performance.now() - sentAt < LONGEST_ANSWER;

  /* The frame of the application may have put a name behind it. */
  function say(told) {
    if (heading !== told) {
      document.title = document.title.includes(heading) ? document.title.replace(heading, () => told) : told;
      heading = told;
      write(said, told);
    }
  }

  function isBack() {
    if (!away.hidden) {
      awaySince = null;
      away.hidden = true;
      write(said, WORDS.back);
    }
  }

  function loggedOut() {
    awaySince = null;
    write(part('since'), '');
    showAway(WORDS.out);
    const link = document.createElement('a');
    link.className = 'button main';
    link.href = location.href;
    link.textContent = WORDS.again;
    part('step').replaceChildren(link);
    pause = Infinity;
  }

  /* ------------------------------------------------------------------- away */

  const part = (name) => away.querySelector(`[data-part=${name}]`);
  const bar = away.querySelector('progress');
  const title = away.querySelector('h2');
  const REPLACED = part('lead').textContent;

  function showAway(lead) {
    const isReplaced = lead === REPLACED;
    if (away.hidden || part('lead').textContent !== lead) {
      write(said, isReplaced ? title.textContent : lead);
    }
    write(part('lead'), lead);
    title.hidden = !isReplaced;
    bar.hidden = !isReplaced;
    away.hidden = false;
  }

  async function lookElsewhere() {
    if (awaySince === null) {
      awaySince = performance.now();
      write(part('step'), '');
      pause = Number(root.dataset.poll);
    }
    const response = await answerOf(root.dataset.static);
    const status = response !== null && response.status === 200 ? await read(response) : null;
    showAway(REPLACED);
    if (String(status?.schema).startsWith('spoolway/status/')) {
      tellStatus(status);
    } else {
      bar.removeAttribute('value');
    }
    tellTimes();
    pause = Math.min(LONGEST_PAUSE, pause * 1.4);
  }

  /* A step before one that was seen already means that the job is being undone. */
  function tellStatus(status) {
    const running = status.running;
    if (!running) {
      write(part('step'), status.broken ? WORDS.person : WORDS.working);
      bar.removeAttribute('value');
      return;
    }
    const place = WORDS.steps.findIndex(([name]) => name === running.step);
    if (farthest.id !== running.id) {
      farthest = { id: running.id, place, undoing: false };
    }
    farthest.undoing = farthest.undoing || (place >= 0 && place < farthest.place);
    farthest.place = Math.max(farthest.place, place);
    write(part('step'), farthest.undoing ? WORDS.undoing : WORDS.steps[place]?.[1] ?? WORDS.working);
    if (farthest.undoing || place < 0) {
      bar.removeAttribute('value');
    } else {
      bar.value = (place + Math.min(1, Math.max(0, running.progress ?? 0))) / WORDS.steps.length;
    }
  }

  /* ------------------------------------------------------------------- loop */

  async function turn() {
    clearTimeout(timer);
    if (looking) {
      return;
    }
    looking = true;
    try {
      await look();
    } finally {
      looking = false;
    }
    if (pause !== Infinity) {
      const least = document.hidden ? Math.max(pause, HIDDEN_PAUSE) : pause;
      timer = setTimeout(turn, least * (0.9 + Math.random() * 0.2)); /* so that not all come back at once */
    }
  }

  setClock(root.dataset.now);
  const sections = Array.from(root.querySelectorAll('[data-section]'));
  for (const section of sections) {
    shown.set(section.dataset.section, news(section.innerHTML));
  }
  for (const section of sections) {
    prepare(section);
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      turn();
    }
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      location.reload(); /* kept by the browser as it was when a form was sent */
    }
  });
  setInterval(tellTimes, 1000);
  if (new URLSearchParams(location.search).has('request')) {
    document.querySelector('#spoolway-plan, #spoolway-job')?.focus();
  }
  timer = setTimeout(turn, Math.min(pause, 500));
})();
