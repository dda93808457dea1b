/* Comfort only: everything here can be read and reached without it. */
(() => {
  // The contents follow the reader, and are folded on a narrow screen.
  const nav = document.querySelector('nav.contents');
  if (matchMedia('(max-width: 60rem)').matches) nav.querySelector('details').open = false;
  document.querySelector('.to-contents a').addEventListener('click', () => { nav.querySelector('details').open = true; });
  const links = new Map([...nav.querySelectorAll('a')].map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  const seen = new Set();
  const mark = () => {
    const current = [...links.keys()].filter(id => seen.has(id)).pop();
    if (!current) return;
    links.forEach((link, id) => id === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'));
    const link = links.get(current);
    if (nav.scrollHeight > nav.clientHeight) {
      const top = link.getBoundingClientRect().top - nav.getBoundingClientRect().top;
      if (top < 0 || top > nav.clientHeight - 60) nav.scrollTop += top - nav.clientHeight / 3;
    }
  };
  if ('IntersectionObserver' in window) {
    const watcher = new IntersectionObserver(entries => {
      entries.forEach(entry => entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id));
      mark();
    }, { rootMargin: '-10% 0px -70% 0px' });
    links.forEach((_, id) => { const section = document.getElementById(id); if (section) watcher.observe(section); });
  }

  // A box that has nothing to scroll is no stop for the keyboard; one that has says so.
  const boxes = document.querySelectorAll('.scroll, .picture');
  const settle = () => boxes.forEach(box => {
    const wider = box.scrollWidth > box.clientWidth + 1;
    box.tabIndex = wider ? 0 : -1;
    box.classList.toggle('wider', wider);
  });
  settle();
  addEventListener('resize', settle);
  document.querySelectorAll('details').forEach(details => details.addEventListener('toggle', settle));

  // A footnote opens where it is called; its link still leads to the notes at the end where this cannot be done.
  if (!('showPopover' in HTMLElement.prototype)) return;
  const popup = document.createElement('div');
  popup.id = 'note';
  popup.popover = 'auto';
  popup.tabIndex = -1;
  popup.setAttribute('role', 'note');
  document.body.append(popup);
  document.querySelectorAll('a.footnote-ref').forEach(call => call.addEventListener('click', event => {
    const note = document.getElementById(decodeURIComponent(call.hash.slice(1)));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const copy = note.cloneNode(true);
    copy.querySelectorAll('.footnote-back').forEach(back => back.remove());
    copy.querySelectorAll('[id]').forEach(element => element.removeAttribute('id'));
    const close = document.createElement('p');
    close.innerHTML = '<button type="button" class="close"></button>';
    close.firstChild.textContent = document.documentElement.dataset.close;
    close.firstChild.addEventListener('click', () => popup.hidePopover());
    popup.replaceChildren(...copy.childNodes, close);
    popup.setAttribute('aria-label', document.documentElement.dataset.footnote.replace('{number}', call.textContent.trim()));
    const place = call.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    popup.style.top = `${place.bottom + scrollY + 6}px`;
    popup.style.left = `${Math.max(8, Math.min(place.left, wide - Math.min(416, wide - 32) - 8)) + scrollX}px`;
    popup.showPopover();
    popup.focus({ preventScroll: true });
  }));
  popup.addEventListener('toggle', event => { if (event.newState === 'closed') popup.replaceChildren(); });
})();
