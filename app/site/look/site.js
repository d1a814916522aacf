// What the site does in the reader's browser. It works from a folder as from a server: nothing is fetched, what is needed
// later (the index of the search, the codes of a comparison) comes as scripts of the same folder. Without this script every
// page can be read as it stands.
(function () {
  'use strict';

  const root = document.documentElement;
  const home = root.dataset.home || '';
  const first = (selector, within) => (within || document).querySelector(selector);
  const every = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // A browser may refuse to keep anything; then the choice holds for this page.
  function kept(name) {
    try { return localStorage.getItem('sipdex-' + name); } catch (refused) { return null; }
  }
  function keep(name, value) {
    try {
      if (value) localStorage.setItem('sipdex-' + name, value);
      else localStorage.removeItem('sipdex-' + name);
    } catch (refused) { /* not kept */ }
  }

  function load(address, then) {
    const script = document.createElement('script');
    script.src = address;
    script.onload = then;
    document.head.append(script);
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // --- colours -------------------------------------------------------------------------------------------------------

  // Before anything is drawn, so that no page flashes white at night.
  const themes = ['system', 'light', 'dark'];
  let theme = themes.includes(kept('theme')) ? kept('theme') : 'system';
  function show_theme() {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  }
  show_theme();

  function theme_switch() {
    const button = first('button.theme');
    if (!button) return;
    const sign = { system: '◐', light: '☀\uFE0E', dark: '☾\uFE0E' };
    const say = () => {
      button.textContent = sign[theme];
      button.title = button.dataset[theme];
      button.setAttribute('aria-label', button.dataset[theme]);
    };
    button.addEventListener('click', () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      keep('theme', theme === 'system' ? '' : theme);
      show_theme();
      say();
    });
    say();
    button.hidden = false;
  }

  // --- languages -----------------------------------------------------------------------------------------------------

  // The switch keeps the place on the page, and the choice is remembered for the first page.
  function language_switch() {
    for (const link of every('.languages a'))
      link.addEventListener('click', () => {
        keep('language', link.hreflang);
        link.href = link.href.split('#')[0].split('?')[0] + location.search + location.hash;
      });
  }

  function choose_language() {
    if (!('choose' in root.dataset) || location.hash === '#choose') return;
    const links = every('main nav a');
    const wanted = [kept('language'), ...(navigator.languages || [])].filter(Boolean);
    for (const tag of wanted) {
      const link = links.find((each) => each.hreflang === tag) ||
                   links.find((each) => each.hreflang.split('-')[0] === tag.split('-')[0]);
      if (link) return location.replace(link.href);
    }
  }

  // --- search --------------------------------------------------------------------------------------------------------

  const spelt_out = { 'œ': 'oe', 'æ': 'ae', 'ß': 'ss', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ı': 'i' };
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[œæßøłđı]/g, (c) => spelt_out[c]);
  const words_of = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) || [];

  // How many letters must be added, dropped, replaced or swapped with their neighbour; `most + 1` for more than `most`.
  function typos_between(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], row = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; ++i) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= other.length; ++j) {
        const same = one[i - 1] === other[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          next[j] = Math.min(next[j], before[j - 2] + 1);
        least = Math.min(least, next[j]);
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[other.length];
  }

  class Index {
    constructor(raw) {
      this.kinds = raw.kinds;
      this.shelved = new Set(['term', 'header', 'method', 'timer', 'warning', 'reason', 'cause', 'rfc']);
      this.pages = raw.pages.map(([address, kind, title, gloss]) => ({ address, kind, title, gloss }));
      this.names = new Map();  // folded name → [{place, said}]
      this.words = new Map();  // word → Map of place → how much it tells there
      raw.pages.forEach(([, , title, gloss, names, sayings], place) => {
        this.name(title, place, false);
        for (const name of names) this.name(name, place, false);
        for (const saying of sayings) this.name(saying, place, true);
        for (const word of words_of(gloss)) this.word(word, place, 1);
      });
      for (const [word, distances] of Object.entries(raw.words)) {
        let place = 0;
        for (const distance of distances.split(' ')) {
          place += parseInt(distance, 36);
          for (const part of words_of(word)) this.word(part, place, 0.5);
        }
      }
      this.codes = this.pages.map((page, place) => ({ place, id: page.address.split('/')[1], digits: page.title.slice(0, 3) }))
        .filter(({ place }) => this.pages[place].kind === 'response');
    }

    name(text, place, said) {
      const words = words_of(text), key = words.join(' ');
      if (!this.names.has(key)) this.names.set(key, []);
      this.names.get(key).push({ place, said });
      for (const word of words) this.word(word, place, 1);
    }

    word(word, place, tells) {
      if (!this.words.has(word)) this.words.set(word, new Map());
      const places = this.words.get(word);
      places.set(place, Math.max(tells, places.get(place) || 0));
    }

    // The word itself when something begins with it, otherwise the known words nearest to it.
    spellings(word) {
      const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
      const stem = word.length >= 5 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
      const begins = [];
      for (const known of this.words.keys()) if (known.startsWith(stem)) begins.push(known);
      if (begins.length > 0) return { words: begins, misspelt: false };
      let near = [];
      for (const known of this.words.keys()) {
        const typos = typos_between(word, known, most);
        if (typos <= most) near.push({ known, typos });
      }
      const least = Math.min(...near.map(({ typos }) => typos));
      near = near.filter(({ typos }) => typos === least).map(({ known }) => known);
      const alike = near.filter((known) => known[0] === word[0]);
      return { words: (alike.length > 0 ? alike : near).slice(0, 6), misspelt: true };
    }

    // Two numbers ask for a comparison: the page that there is of them, or the one that is built.
    comparison(one, other) {
      const ids = [one, other].sort((a, b) => (a.id < b.id ? -1 : 1));
      const own = 'compare/' + ids.map(({ id }) => id).join('-') + '/';
      const page = this.pages.find(({ address }) => address === own);
      const title = this.pages[one.place].title + ' ↔ ' + this.pages[other.place].title;
      return { address: page ? own : 'compare/#' + one.id + '+' + other.id, kind: 'comparison', title, gloss: '' };
    }

    search(query, most) {
      const typed = words_of(query).filter((word) => word.length <= 60).slice(0, 12);
      const hits = new Map(), titles = new Set();
      if (typed.length === 0) return [];
      const add = (page) => {
        if (hits.size >= most || hits.has(page.address)) return;
        // A thing that the terms and another shelf hold under one name is shown once, as the first of them has it.
        const title = fold(page.title);
        if (this.shelved.has(page.kind) && titles.has(title)) return;
        if (this.shelved.has(page.kind)) titles.add(title);
        hits.set(page.address, page);
      };
      const by_code = (digits) => this.codes.filter((code) => code.digits.startsWith(digits))
        .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
      const codes = [...new Set(typed)].filter((word) => /^\d{3}$/.test(word))
        .map((digits) => this.codes.find(({ id }) => id === digits)).filter(Boolean);
      if (codes.length >= 2) add(this.comparison(codes[0], codes[1]));
      if (typed.length === 1 && /^\d+$/.test(typed[0])) {
        for (const { place } of by_code(typed[0])) add(this.pages[place]);
        for (const { place } of this.names.get(typed[0]) || []) add(this.pages[place]);
        return [...hits.values()];
      }
      const key = typed.join(' ');
      this.add_named(key, add);
      const spelt = typed.map((word) => this.spellings(word));
      if (spelt.some(({ misspelt }) => misspelt) && spelt.length <= 4) this.add_misspelt(spelt, typed, add);
      for (const { place } of codes) add(this.pages[place]);
      this.add_said(key, add);
      this.add_told(spelt, add, hits.size === 0);
      return [...hits.values()];
    }

    by_rank(named) { return named.slice().sort((a, b) => this.rank(a.place) - this.rank(b.place) || a.place - b.place); }

    // What customers say just so.
    add_said(key, add) {
      for (const { place, said } of this.by_rank(this.names.get(key) || [])) if (said) add(this.pages[place]);
    }

    // Names that are just so, then names that begin so.
    add_named(key, add) {
      for (const { place, said } of this.by_rank(this.names.get(key) || [])) if (!said) add(this.pages[place]);
      if (key.length < 2) return;
      const longer = [];
      for (const [name, named] of this.names)
        if (name.startsWith(key) && name !== key)
          for (const { place, said } of named) if (!said) longer.push({ name, place });
      longer.sort((a, b) => a.name.length - b.name.length || this.rank(a.place) - this.rank(b.place));
      for (const { place } of longer.slice(0, 12)) add(this.pages[place]);
    }

    add_misspelt(spelt, typed, add) {
      let readings = [''];
      spelt.forEach(({ words, misspelt }, i) => {
        const known = misspelt ? words.slice(0, 3) : [typed[i]];
        readings = readings.flatMap((reading) => known.map((word) => (reading ? reading + ' ' : '') + word));
      });
      for (const reading of readings)
        for (const { place } of this.by_rank(this.names.get(reading) || [])) add(this.pages[place]);
    }

    rank(place) { return { response: 0, header: 1, term: 3 }[this.pages[place].kind] ?? 2; }

    // Pages by what they hold of the words, the rarer a word the more it tells.
    add_told(spelt, add, alone) {
      const all = this.pages.length, scores = new Map();
      let whole = 0;
      for (const { words } of spelt) {
        const told = new Map();
        for (const word of words)
          for (const [place, tells] of this.words.get(word) || []) told.set(place, Math.max(tells, told.get(place) || 0));
        const rarity = Math.max(0.02, Math.log((all - told.size + 0.5) / (told.size + 0.5)));
        whole += rarity;
        for (const [place, tells] of told) {
          const score = scores.get(place) || { told: 0, front: 0 };
          score.told += rarity;
          score.front += rarity * tells;
          scores.set(place, score);
        }
      }
      const weight = (kind) => (kind === 'response' || kind === 'path' ? 2 : kind === 'exchange' ? 1 : 0.8);
      const order = [...scores].map(([place, { told, front }]) => ({
        place, share: told / whole, value: front * weight(this.pages[place].kind) * (front / whole) ** 2,
      })).sort((a, b) => b.value - a.value || a.place - b.place);
      const most = Math.max(0, ...order.map(({ share }) => share));
      if (most < 0.5 && spelt.length > 1) {
        if (alone) for (const { place } of order.slice(0, 5)) add(this.pages[place]);
        return;
      }
      for (const { place, share } of order) if (share >= most * 0.6) add(this.pages[place]);
    }
  }

  let index = null;
  const waiting = [];
  function with_index(then) {
    if (index) return then(index);
    waiting.push(then);
    if (waiting.length > 1) return;
    load(home + 'index.js', () => {
      index = new Index(window.sipdexIndex);
      for (const each of waiting.splice(0)) each(index);
    });
  }

  function address_of(page) {
    const [folder, hash] = page.address.split('#');
    return home + folder + 'index.html' + (hash ? '#' + hash : '');
  }

  function described(page) {
    const kind = index.kinds[page.kind] || '';
    return [element('span', { class: 'what' }, page.title), element('span', { class: 'gloss' }, page.gloss || ''),
            element('span', { class: 'kind' }, kind)];
  }

  function search_field() {
    const field = first('#query'), list = first('#found');
    if (!field) return;
    const form = field.form, status = first('[role=status]', form);
    let at = -1;
    const options = () => every('[role=option]', list);

    function mark(next) {
      const all = options();
      if (all.length === 0) return;
      at = (next + all.length) % all.length;
      all.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
      field.setAttribute('aria-activedescendant', all[at].id);
      all[at].scrollIntoView({ block: 'nearest' });
    }
    function close() {
      list.hidden = true;
      at = -1;
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
    }
    function show() {
      const query = field.value.trim();
      if (!query) {
        close();
        status.textContent = '';
        return;
      }
      with_index((found_in) => {
        const hits = found_in.search(query, 12);
        list.replaceChildren(...hits.map((page, i) => element('li', { role: 'option', id: 'hit-' + i, 'aria-selected': 'false' },
          element('a', { href: address_of(page), tabindex: '-1' }, ...described(page)))));
        if (hits.length === 0) list.append(element('li', { class: 'none' }, status.dataset.none));
        status.textContent = hits.length === 0 ? status.dataset.none : status.dataset.count.replace('{count}', hits.length);
        list.hidden = false;
        field.setAttribute('aria-expanded', 'true');
        mark(0);
      });
    }
    function go(option) {
      const link = first('a', option);
      close();
      location.href = link.href;
      // Within the page that compares only the hash changes.
      field.blur();
    }

    field.addEventListener('focus', () => with_index(() => {}));
    field.addEventListener('input', show);
    field.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (list.hidden) show();
        else mark(at + (event.key === 'ArrowDown' ? 1 : -1));
      } else if (event.key === 'Escape') {
        if (list.hidden) field.value = '';
        close();
        event.preventDefault();
      }
    });
    form.addEventListener('submit', (event) => {
      if (list.hidden || at < 0) return;  // the page of results
      event.preventDefault();
      go(options()[at]);
    });
    list.addEventListener('click', close);
    document.addEventListener('click', (event) => { if (!form.contains(event.target)) close(); });
    field.addEventListener('blur', (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  }

  const is_typing = (target) => target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null;

  function search_results() {
    const results = first('#results'), query = new URLSearchParams(location.search).get('q');
    if (!results || !query) return;
    first('#query').value = query;
    with_index((found_in) => {
      const hits = found_in.search(query, 60);
      first('h2', results).textContent = results.dataset.title.replace('{query}', () => query);
      first('ol', results).replaceChildren(...hits.map((page) => element('li', {}, element('a', { href: address_of(page) }, ...described(page)))));
      first('[role=status]').textContent = hits.length === 0 ? first('[role=status]').dataset.none : first('[role=status]').dataset.count.replace('{count}', hits.length);
      results.hidden = false;
    });
  }

  // --- comparison ----------------------------------------------------------------------------------------------------

  const codes = new Map();
  window.sipdexCode = (code) => codes.set(code.id, code);

  const escaped = (text) => text.replace(/[&<>"']/g, (c) => '&#' + c.charCodeAt(0) + ';');

  // The same rows in the same order as Sipdex's own comparison of two codes that nobody has written about.
  class Comparison {
    constructor(words, compared) {
      this.words = words;
      this.codes = compared;
      this.heads = compared.map(({ address, title }) => `<th scope="col"><a href="${escaped(address)}"><bdi>${escaped(title)}</bdi></a></th>`).join('');
    }

    title() {
      return this.codes.length === 2
        ? this.words.title.replace('@1@', () => this.codes[0].title).replace('@2@', () => this.codes[1].title)
        : this.codes.map(({ title }) => title).join(' · ');
    }

    html() {
      return this.mastheads() + this.glance() + this.differences() + this.trace() +
        this.columns('when', this.codes.map(({ when }) => (when ? [['', when]] : []))) +
        this.columns('causes', this.codes.map(({ causes }) => causes)) +
        this.columns('steps', this.codes.map(({ steps }) => steps), true) +
        this.columns('meaning', this.codes.map(({ meaning }) => meaning)) + this.sources();
    }

    section(id, content, mark) {
      return `<section id="${id}"${mark || ''}>\n<h2>${escaped(this.words[{ 'at-a-glance': 'glance', 'key-differences': 'differences' }[id] || id])}</h2>\n${content}</section>\n`;
    }

    mastheads() {
      return `<div class="mastheads of-${this.codes.length}">` + this.codes.map((code) =>
        `<div class="masthead"><p class="code"><a href="${escaped(code.address)}">${code.name}</a></p><p class="gloss">${code.gloss}</p><p class="remark">${escaped(code.remark)}</p></div>`).join('') + '</div>';
    }

    table(rows) {
      const body = rows.map(({ label, cells, differs }) =>
        `<tr${differs ? ' class="differs"' : ''}><th scope="row" class="label">` +
        (differs ? `<span role="img" aria-label="${escaped(this.words.differs)}">≠</span> ` : '') +
        `${escaped(label)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
      return `<table class="compared of-${this.codes.length}"><thead><tr><td></td>${this.heads}</tr></thead><tbody>${body}</tbody></table>\n`;
    }

    glance() {
      const rows = ['try', 'check', 'tell', 'produced'].map((part) => ({
        label: this.words[part], any: this.codes.some(({ glance }) => glance[part] !== ''),
        cells: this.codes.map(({ glance }) => glance[part]),
      })).filter(({ any }) => any);
      return rows.length > 0 ? this.section('at-a-glance', this.table(rows), ' class="at-a-glance"') : '';
    }

    differences() {
      const rows = this.codes[0].facts.map(([label, value], i) => ({
        label, any: this.codes.some(({ facts }) => facts[i][2] !== ''),
        differs: this.codes.some(({ facts }) => facts[i][1] !== value),
        cells: this.codes.map(({ facts }) => facts[i][2] || escaped(this.words.none)),
      })).filter(({ any }) => any);
      return this.section('key-differences', this.table([...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)]));
    }

    trace() {
      const items = [this.words.status.replace('@1@', () => escaped(this.codes[0].title)).replace('@2@', () => escaped(this.codes[1].title))];
      for (const code of this.codes)
        for (const [name, said] of code.fields)
          if (!this.codes.some((other) => other !== code && other.all.includes(name))) items.push(said);
      return this.section('trace', `<p class="callout" role="note">${this.words.unwritten}</p>\n<ol>${items.map((item) => `<li>${item}</li>`).join('\n')}</ol>\n`);
    }

    columns(id, of_each, ordered) {
      const most = Math.max(...of_each.map(({ length }) => length));
      if (most === 0) return '';
      const cell = (item) => (item ? (item[0] ? `<b>${escaped(item[0])}</b> ` : '') + item[1] : '');
      let rows = '';
      for (let i = 0; i < most; ++i)
        rows += `<tr>${ordered ? `<td class="number">${i + 1}</td>` : ''}${of_each.map((items) => `<td>${cell(items[i])}</td>`).join('')}</tr>\n`;
      return this.section(id, `<table class="columns of-${this.codes.length}${ordered ? ' numbered' : ''}"><thead><tr>${ordered ? '<td class="number"></td>' : ''}${this.heads}</tr></thead><tbody>${rows}</tbody></table>\n`);
    }

    sources() {
      const all = [...new Set(this.codes.flatMap(({ sources }) => sources))];
      return all.length > 0 ? this.section('sources', `<p class="secondary">${all.join(', ')}</p>\n`) : '';
    }
  }

  function compare_page() {
    const form = first('form.pick'), place = first('#compared');
    if (!form) return;
    const words = JSON.parse(first('#compare-words').textContent), picks = every('select', form);
    const known = new Set(Array.from(picks[0].options, ({ value }) => value).filter(Boolean));
    const heading = first('h1'), heading_before = heading.textContent, title_before = document.title;

    // Of the address: "#404+486".
    const asked = () => [...new Set(decodeURIComponent(location.hash.slice(1)).split('+'))].filter((id) => known.has(id)).slice(0, 5);

    function show() {
      const ids = asked();
      picks.forEach((pick, i) => { pick.value = ids[i] || ''; });
      if (ids.length < 2) {
        place.replaceChildren();
        heading.textContent = heading_before;
        heading.classList.remove('small');
        document.title = title_before;
        return;
      }
      const curated = ids.length === 2 && (words.pairs[ids.join('+')] || words.pairs[ids.slice().reverse().join('+')]);
      if (curated) return location.replace(curated);
      const missing = ids.filter((id) => !codes.has(id));
      let left = missing.length;
      const built = () => {
        if (ids.join() !== asked().join()) return;  // the reader has gone on meanwhile
        const comparison = new Comparison(words, ids.map((id) => codes.get(id)));
        place.innerHTML = comparison.html();
        heading.textContent = comparison.title();
        heading.classList.add('small');
        document.title = words.document.replace('{title}', () => comparison.title());
      };
      if (left === 0) return built();
      for (const id of missing) load(id + '.js', () => { if (--left === 0) built(); });
    }

    form.addEventListener('change', () => { location.hash = picks.map(({ value }) => value).filter(Boolean).join('+'); });
    first('[data-go=swap]', form).addEventListener('click', () => {
      const ids = asked();
      if (ids.length === 2) location.hash = ids.reverse().join('+');
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    window.addEventListener('hashchange', show);
    form.hidden = false;
    show();
  }

  // --- the ladder ----------------------------------------------------------------------------------------------------

  function walk() {
    const player = first('.player'), steps = every('.step'), rungs = every('.rung');
    if (!player || steps.length === 0) return;
    const place = first('.walk'), output = first('output', player), seek = first('input', player), all = first('.every', player);
    let at = 0;

    function show(next, told) {
      at = Math.max(0, Math.min(steps.length - 1, next));
      steps.forEach((step, i) => step.classList.toggle('current', i === at));
      rungs.forEach((rung) => {
        const current = Number(rung.dataset.step) === at + 1;
        rung.classList.toggle('current', current);
        if (current) rung.setAttribute('aria-current', 'step');
        else rung.removeAttribute('aria-current');
      });
      seek.value = String(at + 1);
      output.textContent = player.dataset.of.replace('{step}', at + 1).replace('{steps}', steps.length);
      seek.setAttribute('aria-valuetext', output.textContent);
      for (const [go, dead] of [['first', at === 0], ['back', at === 0], ['next', at === steps.length - 1], ['last', at === steps.length - 1]])
        first(`[data-go=${go}]`, player).setAttribute('aria-disabled', String(dead));
      if (told) history.replaceState(null, '', '#' + steps[at].id);
    }
    const to = { first: () => 0, back: () => at - 1, next: () => at + 1, last: () => steps.length - 1 };
    function show_every(whole) {
      place.classList.toggle('walking', !whole);
      all.setAttribute('aria-pressed', String(whole));
    }

    player.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (!button) return;
      if (button === all) show_every(place.classList.contains('walking'));
      else show(to[button.dataset.go](), true);
    });
    seek.addEventListener('input', () => show(Number(seek.value) - 1, true));
    rungs.forEach((rung) => rung.addEventListener('click', (event) => {
      if (!place.classList.contains('walking')) return;  // the link leads there
      event.preventDefault();
      show(Number(rung.dataset.step) - 1, true);
    }));
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || is_typing(event.target)) return;
      const in_ladder = event.target instanceof Element && event.target.closest('figure.ladder');
      const go = { ArrowRight: 'next', ArrowLeft: 'back' }[event.key] ||
                 (in_ladder && { ArrowDown: 'next', ArrowUp: 'back', Home: 'first', End: 'last' }[event.key]);
      if (!go) return;
      event.preventDefault();
      show(to[go](), true);
    });
    const asked = () => steps.findIndex(({ id }) => '#' + id === location.hash);
    window.addEventListener('hashchange', () => { if (asked() >= 0) show(asked(), false); });
    show_every(false);
    show(Math.max(0, asked()), false);
    player.hidden = false;
  }

  // --- what is marked as the page's own, in the list of codes and in the menu ------------------------------------------

  function own_place_in_sight() {
    const list = first('nav.codes'), own = list && first('[aria-current]', list);
    if (own && list.scrollHeight > list.clientHeight) list.scrollTop = own.offsetTop - list.clientHeight / 2;
    const menu = first('.menu ul'), here = menu && first('[aria-current]', menu);
    if (here && menu.scrollWidth > menu.clientWidth) here.scrollIntoView({ block: 'nearest', inline: 'center' });
  }

  document.addEventListener('DOMContentLoaded', () => {
    choose_language();
    theme_switch();
    language_switch();
    search_field();
    search_results();
    compare_page();
    walk();
    own_place_in_sight();
  });
})();
