import type { AssetUrl } from '../assets.ts';
import { html, type Html } from '../html.ts';

/** In the order of the cascade. */
const styles = ['base.css', 'controls.css', 'shifts.css', 'rota.css'];

/** One whole page around `main`. */
export function layout(options: { title: string; asset: AssetUrl; status?: Html; main: Html }): string {
  const { title, asset, status, main } = options;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="${asset(name)}" />`)}
        <script type="module" src="${asset('client.js')}"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the rota</a>
        <header class="top">
          <a class="brand" href="/"><img src="${asset('icon.svg')}" alt="" width="28" height="28" />Rota</a>
          ${status}
        </header>
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html> `.markup;
}
