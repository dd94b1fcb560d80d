package io.imagegate.reference;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** New references, and texts that are nearly so: known ones changed in a few places, crossed, or pieced together. */
final class MutatedReferences {

    private static final String CHARACTERS = "abz019AZ.-_/:@[]+%? \n\u00e9\u0430";
    private static final String DELIMITERS = "/:@";

    private final Random random;
    private final List<String> seeds = ReferenceVectors.all().stream()
            .map(line -> line.getOrDefault("input", ""))
            .toList();
    private final Set<String> seen = new HashSet<>(seeds);

    MutatedReferences(long seed) {
        random = new Random(seed);
    }

    /** Texts that were not given before and are none of the vectors. */
    List<String> next(int count) {
        return Stream.generate(this::next).filter(seen::add).limit(count).toList();
    }

    private String next() {
        return switch (random.nextInt(4)) {
            case 0 -> changed(seed(), 1);
            case 1 -> changed(seed(), 1 + random.nextInt(4));
            case 2 -> changed(crossed(seed(), seed()), random.nextInt(2));
            default -> pieced();
        };
    }

    private String seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    /** The start of one and the end of another, each cut at a delimiter where it has one. */
    private String crossed(String start, String end) {
        return start.substring(0, cut(start)) + end.substring(cut(end));
    }

    private int cut(String text) {
        int at = random.nextInt(text.length() + 1);
        int delimiter = at;
        while (delimiter < text.length() && DELIMITERS.indexOf(text.charAt(delimiter)) < 0) {
            delimiter++;
        }
        return delimiter < text.length() ? delimiter : at;
    }

    private String changed(String text, int times) {
        String changed = text;
        for (int i = 0; i < times; i++) {
            changed = changed(changed);
        }
        return changed;
    }

    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(3));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + character() + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + text.substring(at, to).repeat(2) + text.substring(to);
            case 3 -> text.substring(0, at) + piece() + text.substring(at);
            default -> text.substring(0, at) + character() + text.substring(Math.min(text.length(), at + 1));
        };
    }

    private String pieced() {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(9); left > 0; left--) {
            text.append(random.nextBoolean() ? piece() : String.valueOf(character()));
        }
        return text.toString();
    }

    private char character() {
        return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    }

    private String piece() {
        return ReferenceArbitraries.PIECES[random.nextInt(ReferenceArbitraries.PIECES.length)];
    }
}
