package io.imagegate.input.place;

import java.util.Arrays;

/** Text with the position of each character in its file, in code points. Not thread-safe. */
public final class PlacedText {

    private static final int NOWHERE = -1;

    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[16];

    /** {@return a text that stands in one piece from an offset on; -1 if it does not} */
    public static PlacedText of(String text, int offset) {
        PlacedText placed = new PlacedText();
        placed.makeRoom(text.length());
        placed.text.append(text);
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            placed.offsets[i] = at;
            at += offset < 0 || Character.isHighSurrogate(text.charAt(i)) ? 0 : 1;
        }
        return placed;
    }

    /** {@return a text whose characters are not known to stand anywhere, in a value that starts at an offset} */
    public static PlacedText in(String text, int offset) {
        PlacedText placed = new PlacedText();
        placed.makeRoom(text.length());
        placed.text.append(text);
        Arrays.fill(placed.offsets, 0, text.length(), offset);
        return placed;
    }

    /** Makes room for the places of more characters. */
    private void makeRoom(int more) {
        if (text.length() + more > offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(text.length() + more, 2 * offsets.length));
        }
    }

    public void add(char c, int offset) {
        makeRoom(1);
        offsets[text.length()] = offset;
        text.append(c);
    }

    public void add(PlacedText other) {
        add(other, 0, other.length());
    }

    private void add(PlacedText other, int start, int end) {
        makeRoom(end - start);
        System.arraycopy(other.offsets, start, offsets, text.length(), end - start);
        text.append(other.text, start, end);
    }

    /** Adds a character of another text. */
    public void add(PlacedText other, int index) {
        add(other.charAt(index), other.offsets[index]);
    }

    public int length() {
        return text.length();
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public char charAt(int index) {
        return text.charAt(index);
    }

    public int indexOf(String part) {
        return text.indexOf(part);
    }

    public PlacedText from(int start) {
        return part(start, length());
    }

    public PlacedText part(int start, int end) {
        PlacedText part = new PlacedText();
        if (start < end) {
            part.add(this, start, end);
        }
        return part;
    }

    /** {@return it without the spaces around} */
    public PlacedText strip() {
        int start = 0;
        int end = length();
        while (start < end && isSpace(charAt(start))) {
            start++;
        }
        while (end > start && isSpace(charAt(end - 1))) {
            end--;
        }
        return part(start, end);
    }

    /** {@return whether a character is a space as BuildKit sees it, which U+001C to U+001F are not} */
    public static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
    }

    /** {@return where its first character was written} */
    public int place() {
        return isEmpty() ? NOWHERE : offsets[0];
    }

    /** {@return where it starts, if it stands in one piece in its file; otherwise -1} */
    public int start() {
        for (int i = 1; i < length(); i++) {
            if (offsets[i] != offsets[i - 1] + (Character.isHighSurrogate(charAt(i - 1)) ? 0 : 1)) {
                return NOWHERE;
            }
        }
        return place();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
