import { createHash } from 'node:crypto';
import type { Preview, PreviewDocument } from '../../changes/model.ts';
import { outlineOf } from '../outline.ts';
import { code, plain, visible } from '../phrase.ts';
import { environmentPart } from './environment.ts';
import { drawGraph } from './graph.ts';
import { Markup, markup } from './markup.ts';
import { style } from './style.ts';

/** Shows a preview as one file that loads nothing else and runs no script. */
export async function drawHtml({ environments, railhead }: PreviewDocument): Promise<string> {
  const parts = await Promise.all(environments.map(part));
  const names = environments.map(({ environment }) => plain(code(environment)));
  const title = `Preview of ${names.join(', ')}`;
  const links = names.map((name, index) => markup`<li><a href="#${anchor(index)}">${name}</a></li>`);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Railhead preview</h1>
${names.length < 2 ? [] : markup`<nav aria-label="Environments"><ul>${links}</ul></nav>`}
</header>
<main id="content" tabindex="-1">
${parts.map((text, index) => markup`<section id="${anchor(index)}" aria-labelledby="${anchor(index)}-title">${text}</section>`)}
<footer>Railhead ${visible(railhead)}. <code>a ← b</code> means that a changes because of b.</footer>
</main>
</body>
</html>
`;
  return page.text;
}

/** Without a script, a form or anything from elsewhere: even a fault in the escaping could do nothing. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Names of environments can contain what an address cannot. */
function anchor(index: number): string {
  return `environment-${index + 1}`;
}

async function part(preview: Preview, index: number): Promise<Markup> {
  return environmentPart(outlineOf(preview), anchor(index), await drawGraph(preview.graph));
}
