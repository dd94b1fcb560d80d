/**
 * An editor for a text: CodeMirror in a shadow root, so that its styles are constructed sheets, which a strict
 * Content-Security-Policy allows.
 *
 * Tab leaves it, as it leaves any field. Mistakes come from outside.
 */
import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
import {yaml} from '@codemirror/lang-yaml';
import {bracketMatching, indentService, indentUnit} from '@codemirror/language';
import {nextDiagnostic, previousDiagnostic, setDiagnostics} from '@codemirror/lint';
import {Compartment, EditorState} from '@codemirror/state';
import {EditorView, closeHoverTooltips, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers} from '@codemirror/view';
import {h} from '../shared/dom.js';
import {t} from '../shared/text.js';
import {visible} from '../shared/visible.js';
import {columnsOf} from './columns.js';
import {style} from './editor-style.js';

const PHRASES = ['Completions', 'Diagnostics', 'Control character', 'replaced $', 'current match'];

export class Editor {
  #view;
  #words = new Compartment();
  #languages = new Compartment();
  #host;
  #label;

  /**
   * @param {{name: string, label: () => string, onChange: () => void, onMove?: () => void, help?: object[]}} options the name for
   *     tests, the name for people, what to call after a change of the text and of the place of the cursor, and further
   *     extensions
   */
  constructor({name, label, onChange, onMove = () => {}, help = []}) {
    this.#label = label;
    this.#host = h('div', {class: 'editor', 'data-test': name});
    const root = this.#host.attachShadow({mode: 'open'});
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          history(),
          // Characters that are not seen, or turn the text around them.
          highlightSpecialChars(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          bracketMatching(),
          closeBrackets(),
          indentUnit.of('  '),
          indentService.of(indentationAfter),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
            {key: 'Escape', run: closeHelp},
            {key: 'F8', run: nextDiagnostic},
            {key: 'Shift-F8', run: previousDiagnostic},
          ]),
          this.#words.of([]),
          this.#languages.of(yaml()),
          style,
          help,
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent('set'))) {
              onChange();
            }
            if (update.selectionSet || update.docChanged || update.focusChanged) {
              onMove();
            }
          }),
        ],
      }),
    });
    this.translate();
  }

  get element() {
    return this.#host;
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text, which can be undone. The listener is not called. */
  set text(text) {
    this.#view.dispatch({
      changes: {from: 0, to: this.#view.state.doc.length, insert: text},
      selection: {anchor: 0},
      userEvent: 'set',
    });
    // Not by the cursor: that would also move the page to the editor that is filled last.
    this.#view.scrollDOM.scrollTop = 0;
  }

  /** The position of the cursor. */
  get cursor() {
    return this.#view.state.selection.main.head;
  }

  /** Whether the text is shown as YAML. */
  set isYaml(isYaml) {
    this.#view.dispatch({effects: this.#languages.reconfigure(isYaml ? yaml() : [])});
  }

  focus() {
    this.#view.focus();
  }

  /** Gives the editor its words in the language of the reader. */
  translate() {
    // Checkers do not know that what can be edited can have the focus.
    const attributes = {'aria-label': this.#label(), 'data-test': 'text', tabindex: '0', spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off'};
    const phrases = Object.fromEntries(PHRASES.map((phrase, index) => [phrase, t(`playground.editor.phrase${index}`)]));
    this.#view.dispatch({
      effects: this.#words.reconfigure([EditorView.contentAttributes.of(attributes), EditorState.phrases.of(phrases)]),
    });
  }

  /** Underlines mistakes, in the form of the answer of `/api/judge`. */
  set problems(problems) {
    this.#view.dispatch(setDiagnostics(this.#view.state, problems.map((problem) => this.#diagnostic(problem))));
  }

  /** Moves the cursor to a mistake, and the focus here. */
  goTo(problem) {
    const {from} = this.#range(problem);
    this.#view.dispatch({selection: {anchor: from}, effects: EditorView.scrollIntoView(from, {y: 'center'})});
    this.#view.focus();
  }

  /** Replaces what is wrong by what was meant. */
  mend(problem) {
    const {from, to} = this.#range(problem);
    this.#view.dispatch({changes: {from, to, insert: problem.suggestion}, selection: {anchor: from + problem.suggestion.length}, userEvent: 'input'});
    this.#view.focus();
  }

  #diagnostic(problem) {
    const {from, to} = this.#range(problem);
    return {
      from,
      to,
      severity: problem.severity,
      message: visible(problem.text),
      actions: problem.suggestion === undefined ? [] : [{name: t('playground.problems.replace', visible(problem.suggestion)), apply: () => this.mend(problem)}],
    };
  }

  #range(problem) {
    return columnsOf(this.#view.state.doc, problem);
  }
}

/** Escape closes what hovers. It does nothing else, so that other keys for Escape run, too. */
function closeHelp(view) {
  view.dispatch({effects: closeHoverTooltips});
  return false;
}

/** Where a new line of YAML begins: below the key of an item, and deeper after a key without a value. */
function indentationAfter({state, simulatedBreak}) {
  if (simulatedBreak === null) {
    return undefined;
  }
  const line = state.doc.lineAt(simulatedBreak);
  const before = line.text.slice(0, simulatedBreak - line.from);
  const [, spaces, dash] = /^( *)((?:- +)*)/.exec(before);
  const column = spaces.length + (/:(\s|$)/.test(before) ? dash.length : 0);
  return /(:|[|>][-+]?)\s*$/.test(before) ? column + 2 : column;
}
