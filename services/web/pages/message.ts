import { html, type HtmlValue } from './html.ts';
import { type AssetUrl, layout } from './layout.ts';

/** Returns a page with one message, for example the reason of an error. */
export function messagePage(options: { title: string; text: HtmlValue; asset: AssetUrl }): string {
  const { title, text, asset } = options;
  return layout({
    title: `Rota, ${title}`,
    asset,
    main: html`<div class="empty message">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a class="button primary" href="/">Go to this week</a></p>
    </div>`,
  });
}
