/** After the walk: `index.html`, a table of the pictures, one row for each stop, with a choice of what is beside each other. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FOLDER } from './folder';
import { walks } from './stops';
import { HEIGHTS } from './variants';

interface Picture {
  file: string;
  stop: string;
  language: string;
  width: string;
  theme: string;
  text: string;
}

function picture(file: string): Picture | null {
  const found = /^([a-z0-9-]+)\.([a-zA-Z-]+)\.(\d+)\.(light|dark)\.(\d+)\.png$/.exec(file);
  if (!found) return null;
  const [, stop = '', language = '', width = '', theme = '', text = ''] = found;
  return { file, stop, language, width, theme, text };
}

/** The page's own sides of a choice, as boxes that can be ticked. */
function choice(name: string, values: string[], ticked: string[]): string {
  const boxes = values.map(
    (value) =>
      `<label><input type="checkbox" name="${name}" value="${value}"${ticked.includes(value) ? ' checked' : ''}>${value}</label>`,
  );
  return `<fieldset><legend>${name}</legend>${boxes.join('')}</fieldset>`;
}

const STYLE = `
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; background: #777; color: #fff; }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 16px; padding: 8px 16px; background: #333; }
fieldset { margin: 0; padding: 0; border: 0; display: flex; flex-wrap: wrap; gap: 8px; }
legend { float: left; padding: 0 4px 0 0; font-weight: 600; }
main { padding: 16px; }
section { border-top: 1px solid #999; padding: 8px 0 16px; }
h2 { margin: 0 0 8px; font-size: 16px; }
.row { display: flex; align-items: flex-start; gap: 12px; overflow-x: auto; }
figure { margin: 0; position: relative; flex: none; }
figure img { display: block; }
figure::after { content: ''; position: absolute; inset-inline: 0; top: calc(var(--fold) * 1px); border-top: 1px dashed #f0f; }
figcaption { font-size: 12px; }
[hidden] { display: none; }
`;

const SCRIPT = `
const boxes = [...document.querySelectorAll('header input[type=checkbox]')];
const named = document.querySelector('input[type=search]');
function show() {
  const on = (name) => new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value));
  const sides = { language: on('language'), width: on('width'), theme: on('theme'), text: on('text') };
  for (const section of document.querySelectorAll('section')) {
    section.hidden = !section.id.includes(named.value.trim());
    for (const figure of section.querySelectorAll('figure'))
      figure.hidden = !Object.entries(sides).every(([name, values]) => values.has(figure.dataset[name]));
  }
}
boxes.forEach((box) => box.addEventListener('change', show));
named.addEventListener('input', show);
show();
`;

export default async function indexPage(): Promise<void> {
  const pictures = (await readdir(FOLDER)).map(picture).filter((found) => found !== null);
  const values = (side: keyof Picture) => [...new Set(pictures.map((each) => each[side]))].sort();
  const stops = walks.flatMap((walk) => walk.stops.map((stop) => stop.name));
  const order = (a: Picture, b: Picture) =>
    b.language.localeCompare(a.language) ||
    Number(a.width) - Number(b.width) ||
    b.theme.localeCompare(a.theme) ||
    Number(a.text) - Number(b.text);
  const sections = stops.map((stop) => {
    const figures = pictures
      .filter((each) => each.stop === stop)
      .sort(order)
      .map(
        (each) =>
          `<figure data-language="${each.language}" data-width="${each.width}" data-theme="${each.theme}" data-text="${each.text}" ` +
          `style="--fold: ${HEIGHTS[Number(each.width)]}"><img loading="lazy" src="${each.file}" alt="" width="${each.width}">` +
          `<figcaption>${each.language} · ${each.width} px · ${each.theme} · ${each.text} %</figcaption></figure>`,
      );
    return `<section id="${stop}"><h2>${stop}</h2><div class="row">${figures.join('')}</div></section>`;
  });
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Screens of the diary</title><style>${STYLE}</style></head>
<body><header><label>screen <input type="search"></label>
${choice('language', values('language'), values('language'))}
${choice('width', values('width'), ['320', '412'])}
${choice('theme', values('theme'), ['light'])}
${choice('text', values('text'), ['100', '200'])}
<span>${pictures.length} pictures; the dashed line is where the phone's screen ends</span></header>
<main>${sections.join('\n')}</main><script>${SCRIPT}</script></body></html>
`;
  await writeFile(join(FOLDER, 'index.html'), page);
}
