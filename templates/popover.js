/* A number says where it comes from: its row of the annex, in a small dialogue beside it. Without this script the number leads to the row. */
(() => {
  const main = document.getElementById('main');
  if (!main || !main.querySelector('a.n') || typeof HTMLDialogElement !== 'function') return;
  const box = document.createElement('dialog');
  box.className = 'origin';
  box.setAttribute('aria-labelledby', 'origin-title');
  document.body.append(box);
  let opener = null;
  const line = (name, nodes) => {
    const term = document.createElement('dt'), text = document.createElement('dd');
    term.textContent = name;
    text.append(...nodes);
    return [term, text];
  };
  const copy = cell => [...cell.childNodes].map(node => node.cloneNode(true));
  const close = back => {
    if (!box.open) return;
    box.close();
    if (back) opener.focus();
  };
  const open = link => {
    const row = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!row) return false;
    close(false);
    opener = link;
    const [what, value, , source] = row.children;
    const title = document.createElement('h2'), list = document.createElement('dl'), more = document.createElement('p');
    title.id = 'origin-title';
    title.tabIndex = -1;
    title.textContent = link.textContent.trim();
    const analysis = source.querySelector('a[href^="#source-"]');
    const origin = analysis && document.getElementById(analysis.hash.slice(1));
    list.append(...line('What it is', copy(what)), ...line('Before rounding', copy(value)));
    if (origin) list.append(...line('Data', copy(origin.children[2])), ...line('Rule and script', copy(origin.children[1])));
    else list.append(...line('Source', copy(source)));
    const go = document.createElement('a'), end = document.createElement('button');
    go.href = link.hash;
    go.textContent = 'Its row in the annex';
    go.addEventListener('click', () => close(false));
    end.type = 'button';
    end.textContent = 'Close';
    end.addEventListener('click', () => close(true));
    more.append(go, end);
    box.replaceChildren(title, list, more);
    box.show();
    const place = link.getBoundingClientRect(), width = box.offsetWidth, room = document.documentElement.clientWidth;
    box.style.left = `${Math.max(8, Math.min(place.left, room - width - 8)) + scrollX}px`;
    const below = place.bottom + box.offsetHeight + 8 < innerHeight || place.top < box.offsetHeight + 8;
    box.style.top = `${(below ? place.bottom + 6 : place.top - box.offsetHeight - 6) + scrollY}px`;
    title.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener('click', event => {
    const link = event.target.closest('a.n');
    if (link && main.contains(link) && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      if (box.open && opener === link) { close(true); event.preventDefault(); } else if (open(link)) event.preventDefault();
    } else if (!box.contains(event.target)) close(false);
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && box.open) { close(true); event.preventDefault(); } });
  box.addEventListener('focusout', event => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(false); });
})();
