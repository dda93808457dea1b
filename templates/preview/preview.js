/* The preview follows the files: what changed is put in the place of what was there, and the reader stays where he was. */
(() => {
  const base = new URL('.', location.href), main = document.getElementById('main');
  const bar = document.getElementById('preview-bar'), say = bar.querySelector('.preview-says');
  const list = bar.querySelector('.preview-faults'), count = bar.querySelector('summary'), choice = bar.querySelector('select');
  const go = bar.querySelector('.preview-go'), tell = bar.querySelector('.preview-numbers');
  const chapter = () => choice.value;
  const make = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text, ...properties });

  // Place: the first block that is in view, and will still be there, keeps its height on the screen.
  const BLOCKS = 'h1, h2, h3, h4, h5, p, li, tr, figure, aside';
  const inView = () => [...document.querySelectorAll('.cover h1'), ...main.querySelectorAll(BLOCKS)].filter(block => { const box = block.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight && box.height; });
  const keepPlace = change => {
    const seen = inView().map(block => [block, block.getBoundingClientRect().top]);
    const depth = scrollY;
    change();
    const kept = seen.find(([block]) => block.isConnected);
    if (kept) scrollBy({ top: kept[0].getBoundingClientRect().top - kept[1], behavior: 'instant' });
    else scrollTo({ top: depth, behavior: 'instant' });
  };

  // Exchange what differs and nothing else, so that what is the same keeps its place, its focus and its opened folds.
  let changed = [];
  const calm = node => { node.classList.remove('preview-changed'); if (!node.classList.length) node.removeAttribute('class'); };
  const same = (a, b) => a.isEqualNode(b) || (a.nodeType === 1 && b.nodeType === 1 && plain(a) === plain(b));
  const plain = node => { const copy = node.cloneNode(true); [copy, ...copy.querySelectorAll('*')].forEach(one => ['open', 'tabindex'].forEach(name => one.removeAttribute && one.removeAttribute(name))); return copy.outerHTML; };
  const exchange = (old, fresh) => {
    const before = [...old.childNodes], after = [...fresh.childNodes];
    let start = 0, end = 0;
    while (start < before.length && start < after.length && same(before[start], after[start])) start++;
    while (end < before.length - start && end < after.length - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
    const gone = before.slice(start, before.length - end), come = after.slice(start, after.length - end);
    if (gone.length === 1 && come.length === 1 && gone[0].nodeType === 1 && come[0].nodeType === 1 && gone[0].tagName === come[0].tagName && /^(SECTION|DIV|UL|OL|TABLE|TBODY|DL|BLOCKQUOTE|ASIDE|MAIN)$/.test(come[0].tagName)) {
      [...gone[0].attributes].forEach(({ name }) => { if (!come[0].hasAttribute(name)) gone[0].removeAttribute(name); });
      [...come[0].attributes].forEach(({ name, value }) => gone[0].setAttribute(name, value));
      exchange(gone[0], come[0]);
      return;
    }
    const place = before[before.length - end] || null;
    gone.forEach(node => node.remove());
    come.forEach(node => { old.insertBefore(node, place); if (node.nodeType === 1) changed.push(node); });
  };

  const settle = () => document.querySelectorAll('.scroll, .picture').forEach(box => { const wider = box.scrollWidth > box.clientWidth + 1; box.tabIndex = wider ? 0 : -1; box.classList.toggle('wider', wider); });

  const showFaults = faults => {
    list.replaceChildren(...faults.map(fault => {
      const line = make('li', '');
      const what = fault.anchor && document.getElementById(fault.anchor) ? make('a', fault.what, { href: `#${fault.anchor}` }) : make('span', fault.what);
      line.append(what);
      if (fault.where) line.append(make('span', fault.where, { className: 'preview-where' }));
      if (fault.remedy) line.append(make('span', fault.remedy, { className: 'preview-remedy' }));
      return line;
    }));
    count.textContent = faults.length === 0 ? 'No mistakes' : faults.length === 1 ? '1 mistake' : `${faults.length} mistakes`;
    bar.classList.toggle('preview-wrong', faults.length > 0);
  };

  let shown = -1, wanted = null, busy = false;
  const update = async news => {
    wanted = news;
    if (busy) return;
    busy = true;
    try {
      while (wanted) {
        const now = wanted;
        wanted = null;
        tell.textContent = now.numbers;
        tell.hidden = !now.numbers;
        if (now.edition === shown) continue;
        const got = await fetch(new URL(`state?chapter=${encodeURIComponent(chapter())}`, base), { cache: 'no-store' });
        if (!got.ok) throw new Error(got.statusText);
        const state = await got.json();
        if (state.cover !== bar.dataset.cover) { location.reload(); return; }
        changed.forEach(calm);
        changed = [];
        const fresh = new DOMParser().parseFromString(`<main>${state.content}</main>`, 'text/html').querySelector('main');
        const contents = document.querySelector('nav.contents ol');
        keepPlace(() => { exchange(main, fresh); if (contents) contents.innerHTML = state.contents; settle(); });
        const first = shown < 0;
        shown = state.edition;
        showFaults(state.faults);
        say.textContent = state.waits ? 'The numbers are made for the first time …' : `Shown as saved (${state.seconds} s)`;
        options(state.chapters);
        if (!first) {
          changed.forEach(node => { node.classList.add('preview-changed'); setTimeout(calm, 4000, node); });
          const away = changed.find(node => node.getBoundingClientRect().height);
          const box = away && away.getBoundingClientRect();
          go.hidden = !away || (box.bottom > 0 && box.top < innerHeight);
          go.onclick = () => { away.scrollIntoView({ block: 'center' }); go.hidden = true; };
        }
        document.documentElement.dataset.edition = shown;
      }
    } catch { say.textContent = 'What is new could not be read; the next save tries again'; }
    finally { busy = false; }
  };

  const options = chapters => {
    const value = choice.value, words = [['', 'The whole report'], ...chapters];
    if (words.length === choice.options.length && words.every(([path, title], index) => choice.options[index].value === path && choice.options[index].text === title)) return;
    choice.replaceChildren(...words.map(([path, title]) => make('option', title, { value: path })));
    choice.value = words.some(([path]) => path === value) ? value : '';
  };
  choice.addEventListener('change', () => {
    const address = new URL(base);
    if (choice.value) address.searchParams.set('chapter', choice.value);
    location.assign(address);
  });

  settle();
  addEventListener('resize', settle);
  const nav = document.querySelector('nav.contents details');
  if (nav && matchMedia('(max-width: 60rem)').matches) nav.open = false;
  const back = document.querySelector('.to-contents a');
  if (back && nav) back.addEventListener('click', () => { nav.open = true; });
  const news = new EventSource(new URL('events', base));
  news.addEventListener('message', event => update(JSON.parse(event.data)));
  news.addEventListener('error', () => { say.textContent = 'The preview has ended. Start it again: evidentia preview'; bar.classList.add('preview-ended'); });
  news.addEventListener('open', () => bar.classList.remove('preview-ended'));
})();
