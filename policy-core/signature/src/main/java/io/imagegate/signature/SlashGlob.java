package io.imagegate.signature;

import java.util.BitSet;

/**
 * A pattern over a text with slashes, such as an address: {@code *} stands for any characters but slashes, {@code **} for any
 * characters, every other character for itself. It matches whole texts, in steps of at most the product of both lengths.
 */
final class SlashGlob {

    private final String text;

    private SlashGlob(String text) {
        this.text = text;
    }

    static SlashGlob parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text or a pattern, got an empty one: write ** for any text");
        }
        return new SlashGlob(text);
    }

    /** Keeps all places of the pattern that the text read so far can have led to. */
    boolean matches(String candidate) {
        BitSet places = new BitSet(text.length() + 1);
        reach(places, 0);
        for (int i = 0; i < candidate.length() && !places.isEmpty(); i++) {
            places = after(places, candidate.charAt(i));
        }
        return places.get(text.length());
    }

    private BitSet after(BitSet places, char c) {
        BitSet next = new BitSet(text.length() + 1);
        for (int at = places.nextSetBit(0); at >= 0 && at < text.length(); at = places.nextSetBit(at + 1)) {
            int stars = stars(at);
            if (stars == 0 && text.charAt(at) == c) {
                reach(next, at + 1);
            } else if (stars > 1 || (stars == 1 && c != '/')) {
                reach(next, at);
            }
        }
        return next;
    }

    /** Adds a place, and the one behind stars, which may stand for nothing. */
    private void reach(BitSet places, int at) {
        places.set(at);
        int stars = at < text.length() ? stars(at) : 0;
        if (stars > 0) {
            places.set(at + stars);
        }
    }

    private int stars(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '*') {
            end++;
        }
        return end - at;
    }

    @Override
    public String toString() {
        return text;
    }
}
