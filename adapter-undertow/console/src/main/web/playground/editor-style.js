/**
 * How editors look. Their colours are those of the page, whose custom properties reach into the shadow root.
 */
import {HighlightStyle, syntaxHighlighting} from '@codemirror/language';
import {EditorView} from '@codemirror/view';
import {tags} from '@lezer/highlight';

const look = EditorView.theme({
  '&': {height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '13.5px'},
  '&.cm-focused': {outline: 'none'},
  '.cm-scroller': {fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto'},
  '.cm-content': {padding: '.6rem 0', caretColor: 'var(--ink)'},
  '.cm-line': {padding: '0 .75rem 0 .4rem'},
  '.cm-gutters': {backgroundColor: 'transparent', color: 'var(--soft)', border: 'none'},
  '.cm-lineNumbers .cm-gutterElement': {minWidth: '2rem', padding: '0 .4rem 0 .5rem'},
  '.cm-activeLine, .cm-activeLineGutter': {backgroundColor: 'transparent'},
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': {backgroundColor: 'color-mix(in srgb, var(--accent-tint) 45%, transparent)'},
  '.cm-content ::selection, .cm-line::selection, .cm-line ::selection': {backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)'},
  '&.cm-focused .cm-matchingBracket': {backgroundColor: 'var(--accent-tint)', outline: '1px solid var(--edge)'},
  '.cm-placeholder': {color: 'var(--soft)'},
  '.cm-lintRange-error': underlined('var(--bad)'),
  '.cm-lintRange-warning': underlined('var(--warn)'),
  '.cm-lintRange-active': {backgroundColor: 'var(--bad-tint)'},
  '.cm-lintPoint::after': {borderBottomColor: 'var(--bad)'},
  '.cm-tooltip': {
    maxWidth: 'min(30rem, calc(100vw - 2rem))',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    boxShadow: '0 4px 20px rgb(0 0 0 / 22%)',
    font: '14px/1.5 var(--sans)',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip-lint': {padding: '.2rem 0'},
  '.cm-diagnostic': {padding: '.3rem .75rem', borderLeft: '4px solid var(--bad)'},
  '.cm-diagnostic-warning': {borderLeftColor: 'var(--warn)'},
  '.cm-diagnosticAction': {
    margin: '.2rem 0 .2rem .5rem',
    padding: '.1rem .5rem',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    font: 'inherit',
    cursor: 'pointer',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {fontFamily: 'var(--mono)', fontSize: '13px', maxHeight: '16em'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {padding: '.2rem .75rem', lineHeight: '1.5'},
  '.cm-tooltip-autocomplete ul li[aria-selected]': {backgroundColor: 'var(--accent)', color: 'var(--on-accent)'},
  '.cm-completionMatchedText': {textDecoration: 'none', fontWeight: '700'},
  '.cm-completionDetail': {color: 'var(--soft)', fontStyle: 'normal', fontFamily: 'var(--sans)'},
  '[aria-selected] .cm-completionDetail': {color: 'inherit'},
  '.cm-tooltip.cm-completionInfo': {padding: '0', maxWidth: '22rem'},
  '.help': {padding: '.5rem .75rem'},
  '.help p': {margin: '0'},
  '.help p + p': {marginTop: '.4rem', color: 'var(--soft)', fontSize: '13px'},
  '.help code': {fontFamily: 'var(--mono)', fontSize: '.92em', padding: '0 .25em', borderRadius: '4px', backgroundColor: 'var(--sunken)', color: 'var(--ink)'},
});

function underlined(color) {
  return {
    backgroundImage: 'none',
    textDecoration: `underline wavy ${color}`,
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
    textDecorationThickness: '1px',
  };
}

const letters = syntaxHighlighting(
  HighlightStyle.define([
    {tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)'},
    {tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)'},
    {tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic'},
    {tag: [tags.labelName, tags.typeName, tags.attributeValue], color: 'var(--unknown)'},
    {tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--soft)'},
  ]),
);

export const style = [look, letters];
