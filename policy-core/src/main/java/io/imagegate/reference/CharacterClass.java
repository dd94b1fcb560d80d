package io.imagegate.reference;

/** Classes of the characters of a reference: a set of bits for each of the 128 ASCII characters. */
final class CharacterClass {

    static final int LOWER_OR_DIGIT = 1;
    static final int UPPER = 1 << 1;
    static final int DOT = 1 << 2;
    static final int UNDERSCORE = 1 << 3;
    static final int DASH = 1 << 4;
    static final int SLASH = 1 << 5;
    static final int COLON = 1 << 6;
    static final int AT = 1 << 7;
    static final int DIGIT = 1 << 8;
    static final int LOWER_HEX = 1 << 9;
    static final int UPPER_HEX = 1 << 10;

    private static final short[] CLASSES = table();

    private CharacterClass() {}

    /** {@return the classes of a character, or 0 if no reference contains it} */
    static int of(char c) {
        return c < 128 ? CLASSES[c] : 0;
    }

    private static short[] table() {
        short[] table = new short[128];
        mark(table, '0', '9', LOWER_OR_DIGIT | DIGIT | LOWER_HEX);
        mark(table, 'a', 'z', LOWER_OR_DIGIT);
        mark(table, 'a', 'f', LOWER_HEX);
        mark(table, 'A', 'Z', UPPER);
        mark(table, 'A', 'F', UPPER_HEX);
        mark(table, '.', '.', DOT);
        mark(table, '_', '_', UNDERSCORE);
        mark(table, '-', '-', DASH);
        mark(table, '/', '/', SLASH);
        mark(table, ':', ':', COLON);
        mark(table, '@', '@', AT);
        return table;
    }

    private static void mark(short[] table, char first, char last, int classes) {
        for (char c = first; c <= last; c++) {
            table[c] |= (short) classes;
        }
    }
}
