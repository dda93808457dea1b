/* Comfort only: the contents follow the reader. The page works without it. */
(() => {
  const links = new Map([...document.querySelectorAll('nav.contents a')].map(a => [a.hash.slice(1), a]));
  if (!('IntersectionObserver' in window)) return;
  const seen = new Set();
  const mark = () => {
    const current = [...links.keys()].filter(id => seen.has(id)).pop();
    links.forEach((link, id) => id === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'));
    const link = links.get(current), nav = link && link.closest('nav');
    if (nav && nav.scrollHeight > nav.clientHeight) {
      const top = link.offsetTop - nav.offsetTop;
      if (top < nav.scrollTop || top > nav.scrollTop + nav.clientHeight - 60) nav.scrollTop = top - nav.clientHeight / 3;
    }
  };
  const watcher = new IntersectionObserver(entries => {
    entries.forEach(entry => entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id));
    mark();
  }, { rootMargin: '-10% 0px -70% 0px' });
  links.forEach((_, id) => { const section = document.getElementById(id); if (section) watcher.observe(section); });
})();
