/* A number says where it comes from, in a small box beside it. A click opens it; by keyboard, one switch makes the
   numbers one stop, and the arrow keys go from number to number. Nothing scrolls when the box opens or closes. */
(() => {
  const main = document.getElementById('main'), stored = document.getElementById('origins'), trace = document.querySelector('button.trace');
  if (!main || !stored || typeof HTMLDialogElement !== 'function') return;
  const { words, sources, numbers } = JSON.parse(stored.textContent);
  const all = [...main.querySelectorAll('.n[data-id]')].filter(number => numbers[number.dataset.id]);
  if (!all.length) return;
  const known = new Set(all);
  const box = document.createElement('dialog');
  box.className = 'origin';
  box.setAttribute('aria-labelledby', 'origin-title');
  document.body.append(box);
  let opener = null;
  const make = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text, ...properties });
  const close = back => {
    if (!box.open) return;
    box.close();
    opener.removeAttribute('aria-expanded');
    if (back) opener.focus({ preventScroll: true });
  };
  const fill = number => {
    const says = numbers[number.dataset.id];
    const list = make('dl', ''), rest = make('details', ''), end = make('button', words.close, { type: 'button' });
    const add = (name, ...nodes) => { const text = make('dd', ''); text.append(...nodes); list.append(make('dt', name), text); };
    add(words.exact, says.exact);
    if (says.formula) add(words.formula, says.formula);
    if ('source' in says) add(words.source, sources[says.source]);
    add(words.id, make('code', number.dataset.id));
    const others = says.places.filter(([anchor]) => anchor !== number.id);
    if (others.length) add(words.elsewhere, ...others.flatMap(([anchor, section], index) => {
      const link = make('a', section, { href: `#${anchor}` });
      link.addEventListener('click', () => close(false));
      return index ? [', ', link] : [link];
    }));
    rest.append(make('summary', words.rest), list);
    rest.addEventListener('toggle', () => place(opener));
    end.addEventListener('click', () => close(true));
    const mark = says.synthetic ? [make('p', words.synthetic, { className: 'synthetic-records' })] : [];
    box.replaceChildren(make('h2', number.textContent.trim(), { id: 'origin-title', tabIndex: -1 }), make('p', says.what), make('p', says.data), ...mark, rest, end);
  };
  const place = number => {
    const spot = number.getClientRects()[0], gap = 6, edge = 8;
    const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const [above, below] = [spot.top - gap - edge, high - spot.bottom - gap - edge];
    box.style.maxHeight = 'none';
    const full = box.offsetHeight, under = full <= below || below >= above;
    const height = Math.max(80, Math.min(full, under ? below : above));
    box.style.maxHeight = `${height}px`;
    box.style.left = `${Math.max(edge, Math.min(spot.left, wide - box.offsetWidth - edge)) + scrollX}px`;
    box.style.top = `${(under ? spot.bottom + gap : spot.top - gap - height) + scrollY}px`;
  };
  const open = number => {
    close(false);
    opener = number;
    if (!number.hasAttribute('tabindex')) number.tabIndex = -1;
    fill(number);
    box.classList.add('measured');  // laid out, but not yet shown: what is shown takes the focus, and would scroll to where it stands
    place(number);
    box.show();
    box.classList.remove('measured');
    number.setAttribute('aria-expanded', 'true');
    box.firstChild.focus({ preventScroll: true });
  };
  const toggle = number => box.open && opener === number ? close(true) : open(number);
  const numberAt = target => { const number = target.closest('.n'); return known.has(number) ? number : null; };

  document.addEventListener('click', event => {
    const number = numberAt(event.target), link = event.target.closest('a');
    if (number && (!link || link === number) && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      toggle(number);
    } else if (!box.contains(event.target)) close(false);
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && box.open) { close(true); event.preventDefault(); } });
  box.addEventListener('focusout', event => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(false); });

  // By keyboard
  all.forEach(number => { if (number.tagName === 'A') number.tabIndex = -1; });
  let current = 0;
  const stop = (index, focus) => {
    all[current].tabIndex = -1;
    current = (index + all.length) % all.length;
    all[current].tabIndex = 0;
    if (focus) all[current].focus();
  };
  const nearest = () => Math.max(0, all.findIndex(number => number.getBoundingClientRect().top >= 0));
  trace.hidden = false;
  trace.addEventListener('click', () => {
    const on = trace.getAttribute('aria-pressed') !== 'true';
    trace.setAttribute('aria-pressed', on);
    document.body.classList.toggle('tracing', on);
    all.forEach(number => { number.tabIndex = -1; on ? number.setAttribute('role', 'button') : number.removeAttribute('role'); });
    if (on) stop(nearest(), true);
  });
  main.addEventListener('keydown', event => {
    const number = numberAt(event.target);
    if (!number || number !== event.target || !document.body.classList.contains('tracing')) return;
    const index = all.indexOf(number);
    const steps = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 };
    if (event.key in steps) { stop(steps[event.key], true); event.preventDefault(); }
    if (event.key === 'Enter' || event.key === ' ') { toggle(number); event.preventDefault(); }
  });
  main.addEventListener('focusin', event => { const number = numberAt(event.target); if (number && document.body.classList.contains('tracing')) stop(all.indexOf(number), false); });
})();
