import assert from 'node:assert/strict';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterMap, parse, type ParserError, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** The elements of a page in document order, and its texts with the names of the elements around each. */
export interface Page {
  elements: Element[];
  texts: { text: string; within: string[] }[];
}

/** Renders Markdown as GitHub does before it removes dangerous HTML. Fails if the HTML is not well-formed. */
export function renderMarkdown(text: string): Page {
  const html = micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  return read((options) => parseFragment(html, options), html);
}

/** Reads a page. Fails if it is not well-formed. */
export function readPage(html: string): Page {
  return read((options) => parse(html, options), html);
}

interface Options {
  sourceCodeLocationInfo: true;
  onParseError: (error: ParserError) => void;
}

function read(parser: (options: Options) => Node, html: string): Page {
  const errors: string[] = [];
  const onParseError = ({ code, startOffset }: ParserError) =>
    errors.push(`${code}: ${html.slice(startOffset - 60, startOffset + 60)}`);
  const root = parser({ sourceCodeLocationInfo: true, onParseError });
  assert.deepEqual(errors, []);
  const page: Page = { elements: [], texts: [] };
  collect(root, [], page);
  return page;
}

const void_ = new Set(['meta', 'br', 'hr', 'img', 'input', 'link']);

function collect(node: Node, within: string[], page: Page): void {
  if ('tagName' in node) {
    page.elements.push(node);
    const location = node.sourceCodeLocation;
    // A self-closed element of SVG has one location for both of its tags.
    const isClosed =
      location?.endTag !== undefined || node.namespaceURI.endsWith('svg') || void_.has(node.tagName);
    assert.ok(isClosed, `<${node.tagName}> is not closed`);
  }
  if ('value' in node) page.texts.push({ text: node.value, within });
  if (!('childNodes' in node)) return;
  const inner = 'tagName' in node ? [...within, node.tagName] : within;
  for (const child of node.childNodes) collect(child, inner, page);
}

export function attributesOf({ attrs }: Element): Record<string, string> {
  return Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
}
