/**
 * Lines and columns of the server, which count from 1 and in code points, as positions in the document of an editor, which count
 * in UTF-16.
 */

/** Returns the range of a mistake. One without a length, or at the end of a line, covers the word before or behind it. */
export function columnsOf(doc, {line, column, endColumn}) {
  const {from, text} = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines));
  const begin = unitsOf(text, (column ?? 1) - 1);
  const end = Math.max(unitsOf(text, (endColumn ?? column ?? 1) - 1), begin);
  return end > begin ? {from: from + begin, to: from + end} : {from: from + begin, to: from + begin + wordLength(text.slice(begin))};
}

function unitsOf(text, points) {
  return [...text.slice(0, points * 2)].slice(0, points).join('').length;
}

function wordLength(text) {
  return /^[^\s,{}[\]:]*/.exec(text)[0].length;
}
