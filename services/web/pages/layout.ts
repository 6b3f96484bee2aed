import { html, type Html } from './html.ts';

/** Returns the URL of a file in `public/`, for example `/assets/1f0c9a7be2d4c6a1/style.css`. */
export type AssetUrl = (name: string) => string;

/** The style sheets, in the order of the cascade. */
const styles = ['base.css', 'controls.css', 'shifts.css', 'rota.css', 'status.css'];

export interface Layout {
  title: string;
  asset: AssetUrl;
  /** Shown in the header: how up to date the page is. */
  status?: Html;
  /** Seconds after which a browser without scripts reloads the page. */
  reload?: number;
  main: Html;
}

/** Returns a whole page with the content `main`. */
export function layout({ title, asset, status, reload, main }: Layout): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="${asset(name)}" />`)}
        ${reload !== undefined && html`<noscript><meta http-equiv="refresh" content="${reload}" /></noscript>`}
        <script type="module" src="${asset('client.js')}"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/"><img src="${asset('icon.svg')}" alt="" width="28" height="28" />Rota</a>
          <nav class="places" aria-label="Rota"><a href="/status">Status</a>${status}</nav>
        </header>
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html> `.markup;
}
