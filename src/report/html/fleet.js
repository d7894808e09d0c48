'use strict';
(() => {
  const table = document.getElementById('left');
  if (!table) return;
  const PAGE = 100;
  const body = table.tBodies[0];
  const of = id => document.getElementById(id);
  const plain = text => text.normalize('NFKC').toLowerCase();
  const lang = () => of('lang-ja').checked ? 'ja' : 'en';
  const rows = Array.from(body.rows, row => ({
    row,
    facets: row.dataset.f.split(','),
    text: plain(Array.from(row.cells, cell => cell.textContent).join('\n')),
  }));
  const selects = Array.from(document.querySelectorAll('#filter select'));
  const order = new Intl.Collator(['ja', 'en'], { numeric: true });
  let shown = rows;
  let page = 0;

  // Only the rows of one page are in the document: neither filter nor language has to lay out the others.
  const draw = () => {
    const from = page * PAGE;
    const part = shown.slice(from, from + PAGE);
    body.replaceChildren(...part.map(entry => entry.row));
    of('from').textContent = part.length ? from + 1 : 0;
    of('to').textContent = from + part.length;
    of('matches').textContent = shown.length;
    of('back').disabled = page === 0;
    of('next').disabled = from + PAGE >= shown.length;
  };
  const filter = () => {
    const words = plain(of('words').value).split(/\s+/).filter(Boolean);
    const chosen = selects.filter(select => select.value).map(select => [select.dataset.facet, select.value]);
    shown = rows.filter(entry => chosen.every(([facet, value]) => entry.facets[facet] === value)
      && words.every(word => entry.text.includes(word)));
    page = 0;
    draw();
  };
  const sort = (heading, column) => {
    const falls = heading.getAttribute('aria-sort') === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
    const say = `[lang=${lang()}]`;
    for (const entry of rows) {
      const cell = entry.row.cells[column];
      entry.by = (cell.querySelector(say) || cell).textContent;
    }
    // Each text is compared only once, however many rows have it.
    const ranks = new Map([...new Set(rows.map(entry => entry.by))].sort(order.compare).map((text, rank) => [text, rank]));
    rows.sort((a, b) => (ranks.get(a.by) - ranks.get(b.by)) * (falls ? -1 : 1));
    filter();
  };
  // Paper has no pages to turn: all that fit the filter are on it.
  const print = () => body.replaceChildren(...shown.map(entry => entry.row));
  const turn = by => () => { page += by; draw(); };
  const translate = () => {
    for (const option of document.querySelectorAll('#filter option[data-ja]')) option.textContent = option.dataset[lang()];
  };

  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    button.addEventListener('click', () => sort(heading, column));
    heading.append(button);
  });
  of('filter').addEventListener('input', filter);
  of('filter').addEventListener('submit', event => event.preventDefault());
  of('filter').addEventListener('reset', () => setTimeout(filter));
  of('back').addEventListener('click', () => turn(-1));
  of('next').addEventListener('click', () => turn(1));
  for (const id of ['lang-ja', 'lang-en']) of(id).addEventListener('change', translate);
  window.addEventListener('beforeprint', print);
  window.addEventListener('afterprint', draw);
  of('filter').hidden = of('pages').hidden = false;
  translate();
  filter();
})();
