// The search. Its index is loaded at the first use, as a script, so that it works from a file as well.
(() => {
  'use strict';
  const up = document.currentScript.dataset.up;
  const input = document.getElementById('query');
  const found = document.getElementById('found');
  const contents = document.querySelector('.contents');
  if (matchMedia('(max-width: 52rem)').matches) contents.removeAttribute('open');

  let loading = null;
  const index = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = up + 'search-index.js';
    script.onload = () => resolve(window.weftIndex);
    script.onerror = () => { loading = null; reject(new Error('search-index.js is missing')); };
    document.head.append(script);
  });

  const count = (text, word) => text.split(word).length - 1;

  /** How well an entry fits: each word must be in it; a title counts more than a heading, and that more than text. */
  const score = ([, title, section, text], words) => {
    let sum = 0;
    for (const word of words) {
      const points = 20 * count(section.toLowerCase(), word) + 8 * count(title.toLowerCase(), word)
        + Math.min(5, count(text.toLowerCase(), word));
      if (points === 0) return 0;
      sum += points;
    }
    return sum;
  };

  /** Text with the words marked; made of nodes, so that nothing in it is taken for HTML. */
  const marked = (element, text, words) => {
    const lower = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      const next = words.map(word => [lower.indexOf(word, at), word.length]).filter(([place]) => place >= 0)
        .sort((a, b) => a[0] - b[0])[0];
      if (!next) break;
      element.append(text.slice(at, next[0]));
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next[0], next[0] + next[1]);
      element.append(mark);
      at = next[0] + next[1];
    }
    element.append(text.slice(at));
    return element;
  };

  const around = (text, words) => {
    const at = Math.max(0, Math.min(...words.map(word => text.toLowerCase().indexOf(word)).filter(place => place >= 0)) || 0);
    const from = at < 60 || !isFinite(at) ? 0 : text.indexOf(' ', at - 50) + 1;
    return (from > 0 ? '… ' : '') + text.slice(from, from + 150) + (text.length > from + 150 ? ' …' : '');
  };

  const show = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    if (words.length === 0) { found.hidden = true; return; }
    let entries;
    try { entries = await index(); } catch (e) { entries = []; }
    const hits = entries.map(entry => [score(entry, words), entry]).filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0]).slice(0, 20);
    found.replaceChildren();
    for (const [, [place, title, section, text]] of hits) {
      const link = document.createElement('a');
      link.href = up + place;
      link.append(marked(document.createElement('b'), section === title ? title : title + ' › ' + section, words));
      link.append(marked(document.createElement('small'), around(text, words), words));
      found.append(link);
    }
    if (hits.length === 0) {
      const nothing = document.createElement('p');
      nothing.textContent = 'Nothing has all these words.';
      found.append(nothing);
    }
    found.hidden = false;
  };

  input.addEventListener('input', show);
  input.addEventListener('focus', () => { index().catch(() => {}); if (input.value) show(); });
  document.addEventListener('keydown', event => {
    const links = [...found.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape') {
      found.hidden = true;
    } else if (event.key === 'Enter' && document.activeElement === input && links[0]) {
      location.href = links[0].href;
    } else if (!found.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const next = at + (event.key === 'ArrowDown' ? 1 : -1);
      (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
    }
  });
  const asked = new URLSearchParams(location.search).get('q'); // index.html?q=words is a link to a search
  if (asked) { input.value = asked; show(); }
  document.addEventListener('click', event => {
    if (!event.target.closest('search') || event.target.closest('#found a')) found.hidden = true;
  });
})();
