/**
 * Where a position stands in a YAML text: in which fields and items, and whether a key or a value is typed there.
 *
 * It reads the text before the position only, line by line, so that a document that is being typed, and whose rest makes no sense
 * yet, is understood, too. It knows what policies are written in: block and flow collections, plain and quoted scalars, block
 * scalars, comments and several documents. Of anchors and tags it only knows that they are no keys.
 */

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`{}[\],?:-][^#{}[\],]*?|[-?:][^\s#{}[\],:]+)\s*:(?=\s|$)/;
const BLOCK_SCALAR = /^[|>][-+0-9]*\s*(#.*)?$/;

/**
 * Returns the place of a position.
 *
 * @returns {{path: (string|number)[], role: 'key'|'value'|'either', typed: string, from: number, keys: Set<string>,
 *     scalars: Object<string, string>[], flow: boolean, indent: number}|null} the steps to what is typed there; its text before the
 *     position and where that begins; the keys that stand before it in the same mapping; the scalars beside each step; null in a
 *     comment, a quoted text or a block scalar
 */
export function placeAt(text, position) {
  const scan = new Scan();
  const lines = text.slice(0, position).split('\n');
  let offset = 0;
  lines.forEach((line, index) => {
    scan.line(line, offset, index === lines.length - 1);
    offset += line.length + 1;
  });
  return scan.place;
}

class Scan {
  frames = [];
  place = null;
  quote = '';
  scalarIndent = -1;

  line(line, offset, last) {
    const indent = line.search(/[^ ]|$/);
    const content = line.slice(indent);
    if (this.inFlow() || this.quote) {
      this.flow(line, 0, offset, last);
    } else if (this.scalarIndent >= 0 && (indent > this.scalarIndent || (!content && !last))) {
      // A line of a block scalar.
    } else if (/^(---|\.\.\.)(\s|$)/.test(line)) {
      this.frames = [];
      this.scalarIndent = -1;
    } else {
      this.scalarIndent = -1;
      this.block(content, indent, offset, last);
    }
  }

  block(content, column, offset, last) {
    if (content.startsWith('#')) {
      return;
    }
    const item = /^-(\s+|$)/.exec(content);
    if (item) {
      this.item(column);
      // A lone dash is followed by what stands to its right.
      this.block(content.slice(item[0].length), column + Math.max(item[0].length, 2), offset + item[0].length - Math.max(item[0].length, 2), last);
      return;
    }
    const key = KEY.exec(content);
    if (key) {
      const frame = this.mapping(column);
      this.enterKey(frame, unquoted(key[1]));
      const value = content.slice(key[0].length);
      this.value(value, frame, column, offset + column + key[0].length, last);
    } else if (last) {
      this.open(content, column, offset + column);
    } else {
      this.value(content, this.frames.at(-1), column, offset + column, false);
    }
  }

  /** What follows a key, or stands alone in a line. */
  value(text, frame, column, offset, last) {
    const value = text.trimStart();
    const from = offset + text.length - value.length;
    if (BLOCK_SCALAR.test(value) && !last) {
      this.scalarIndent = column;
    } else if (/^[{["']/.test(value)) {
      this.flow(value, 0, from, last);
    } else if (last && !/(^|\s)#/.test(text) && (text !== value || !value)) {
      this.found('value', value, from, false, column);
    } else if (frame?.type === 'map' && value) {
      frame.scalars[frame.key] = value.replace(/\s+#.*/, '').trim();
    }
  }

  /** The last line, without a colon yet: a key beside others, or the first of what the key before contains, or a scalar of a list. */
  open(content, column, from) {
    while (this.frames.length && this.frames.at(-1).indent > column) {
      this.frames.pop();
    }
    const top = this.frames.at(-1);
    if (top?.type === 'seq' && top.indent === column) {
      this.frames.pop();
    }
    const beside = this.frames.at(-1);
    if (beside?.type === 'map' && beside.indent === column) {
      beside.key = null;
    }
    if (/^["'{[]/.test(content)) {
      this.flow(content, 0, from, true);
    } else if (!/(^|\s)#/.test(content)) {
      this.found(beside?.key === null ? 'key' : 'either', content, from, false, column);
    }
  }

  /** An item of a list at a column. A list may begin at the column of the key that has it. */
  item(column) {
    while (this.frames.length && this.frames.at(-1).indent > column) {
      this.frames.pop();
    }
    const top = this.frames.at(-1);
    if (top?.type === 'seq' && top.indent === column) {
      top.index++;
    } else {
      this.frames.push({type: 'seq', indent: column, index: 0});
    }
  }

  /** The mapping whose keys stand at a column. */
  mapping(column) {
    while (this.frames.length && (this.frames.at(-1).indent > column || (this.frames.at(-1).indent === column && this.frames.at(-1).type === 'seq'))) {
      this.frames.pop();
    }
    if (this.frames.at(-1)?.indent !== column) {
      this.frames.push(newMapping(column, false));
    }
    return this.frames.at(-1);
  }

  enterKey(frame, key) {
    frame.key = key;
    frame.keys.add(key);
  }

  inFlow() {
    return this.frames.at(-1)?.flow === true;
  }

  /** Reads flow collections and quoted texts, which may go on in the next line. */
  flow(text, start, offset, last) {
    let token = -1;
    for (let i = start; i < text.length; i++) {
      const character = text[i];
      if (this.quote) {
        if (character === '\\' && this.quote === '"') {
          i++;
        } else if (character === this.quote) {
          this.quote = '';
        }
      } else if (character === '"' || character === "'") {
        if (token < 0) {
          this.quote = character;
          token = i;
        }
      } else if (character === '#' && (i === 0 || /\s/.test(text[i - 1]))) {
        return;
      } else if (character === '{' || character === '[') {
        this.frames.push(character === '{' ? newMapping(Infinity, true) : {type: 'seq', indent: Infinity, index: 0, flow: true});
        token = -1;
      } else if (character === '}' || character === ']') {
        this.endToken(text, token, i);
        this.frames.pop();
        token = -1;
        if (!this.inFlow()) {
          return;
        }
      } else if (character === ',') {
        this.endToken(text, token, i);
        this.nextEntry();
        token = -1;
      } else if (character === ':' && this.isColon(text, i, token)) {
        this.enterKey(this.frames.at(-1), unquoted(text.slice(token, i).trim()));
        token = -1;
      } else if (token < 0 && !/\s/.test(character)) {
        token = i;
      }
    }
    if (last && this.inFlow() && !this.quote) {
      const frame = this.frames.at(-1);
      const typed = token < 0 ? '' : text.slice(token);
      if (!/^["']/.test(typed)) {
        this.found(frame.type === 'seq' ? 'either' : frame.key === null ? 'key' : 'value', typed, offset + text.length - typed.length, true, 0);
      }
    }
  }

  isColon(text, index, token) {
    const frame = this.frames.at(-1);
    return frame?.type === 'map' && frame.flow && frame.key === null && token >= 0 && (/["']/.test(text[token]) || /^[\s,{}[\]]?$/.test(text[index + 1] ?? ''));
  }

  endToken(text, token, end) {
    const frame = this.frames.at(-1);
    if (frame?.type === 'map' && frame.key !== null && token >= 0) {
      frame.scalars[frame.key] = unquoted(text.slice(token, end).trim());
    }
  }

  nextEntry() {
    const frame = this.frames.at(-1);
    if (frame?.type === 'map') {
      frame.key = null;
    } else if (frame) {
      frame.index++;
    }
  }

  found(role, typed, from, flow, indent) {
    const steps = this.frames.filter((frame) => frame.type === 'seq' || frame.key !== null);
    const last = this.frames.at(-1);
    this.place = {
      path: steps.map((frame) => (frame.type === 'seq' ? frame.index : frame.key)),
      role,
      typed,
      from,
      keys: role === 'key' && last ? new Set(last.keys) : new Set(),
      scalars: this.frames.map((frame) => frame.scalars ?? {}),
      flow,
      indent,
    };
  }
}

function newMapping(indent, flow) {
  return {type: 'map', indent, key: null, keys: new Set(), scalars: {}, flow};
}

function unquoted(text) {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
