package io.imagegate.version;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Versions and ranges, of few numbers so that they meet: well-formed, or with a mistake. */
final class RangeArbitraries {

    private static final String[] PIECES = {
        "",
        "0",
        "1",
        "01",
        "9007199254740991",
        "9007199254740992",
        ".",
        "..",
        "x",
        "X",
        "*",
        "-",
        "-0",
        "-rc.01",
        "--",
        "+",
        "+1",
        "v",
        "V",
        "=",
        "<",
        ">",
        "^",
        "~",
        "!",
        "|",
        "||",
        " ",
        "  ",
        "\t",
        "\n",
        ",",
        " - ",
        "_",
        "a",
        "\u0661",
        "latest"
    };

    private RangeArbitraries() {}

    private static Arbitrary<String> numbers() {
        return Arbitraries.of("0", "1", "2", "3", "10");
    }

    private static Arbitrary<String> prereleases() {
        return Arbitraries.of(
                "", "", "", "-0", "-1", "-rc", "-rc.1", "-rc.2", "-rc.10", "-RC", "-a.b.1", "-1-2", "--", "-0a");
    }

    private static Arbitrary<String> builds() {
        return Arbitraries.of("", "", "", "", "+1", "+sha.01");
    }

    private static Arbitrary<String> prefixes() {
        return Arbitraries.of("", "", "v");
    }

    private static Arbitrary<String> full() {
        Arbitrary<String> three = numbers().list().ofSize(3).map(list -> String.join(".", list));
        return Combinators.combine(prefixes(), three, prereleases(), builds())
                .as((v, number, prerelease, build) -> v + number + prerelease + build);
    }

    private static Arbitrary<String> open() {
        Arbitrary<List<String>> some = numbers().list().ofMaxSize(2);
        Arbitrary<List<String>> rest = Arbitraries.of("x", "X", "*").list().ofMaxSize(2);
        return Combinators.combine(prefixes(), some, rest).as((v, first, last) -> {
            String numbers = String.join(".", first);
            String letters = String.join(".", last.subList(0, Math.min(last.size(), 3 - first.size())));
            String dot = numbers.isEmpty() || letters.isEmpty() ? "" : ".";
            return v + (numbers.isEmpty() && letters.isEmpty() ? "*" : numbers + dot + letters);
        });
    }

    private static Arbitrary<String> comparators() {
        return Combinators.combine(
                        Arbitraries.of("", "", "=", ">", "<", ">=", "<=", "^", "~", "~>"),
                        Arbitraries.of("", "", "", " "),
                        Arbitraries.oneOf(full(), open()))
                .as((operator, space, version) -> operator + (operator.isEmpty() ? "" : space) + version);
    }

    private static Arbitrary<String> alternatives() {
        Arbitrary<String> end = Arbitraries.oneOf(full(), open());
        return Arbitraries.frequencyOf(
                Tuple.of(4, comparators().list().ofMinSize(1).ofMaxSize(3).map(list -> String.join(" ", list))),
                Tuple.of(1, Combinators.combine(end, end).as((from, to) -> from + " - " + to)));
    }

    static Arbitrary<String> wellFormed() {
        return Combinators.combine(
                        alternatives().list().ofMinSize(1).ofMaxSize(3), Arbitraries.of("||", " || ", " ||", "  || "))
                .as((list, or) -> String.join(or, list));
    }

    /** One or two pieces of the text replaced, each of at most two characters. */
    private static Arbitrary<String> mistaken(Arbitrary<String> wellFormed) {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 1 << 16);
        return Combinators.combine(wellFormed, places, Arbitraries.integers().between(0, 2), Arbitraries.of(PIECES))
                .as((text, place, length, piece) -> {
                    int from = place % (text.length() + 1);
                    return text.substring(0, from) + piece + text.substring(Math.min(text.length(), from + length));
                });
    }

    static Arbitrary<String> mistaken() {
        Arbitrary<String> once = mistaken(wellFormed());
        return Arbitraries.oneOf(once, once, mistaken(once));
    }

    /** Without white space, which no tag holds and npm takes off. */
    static Arbitrary<String> versions() {
        return Arbitraries.frequencyOf(Tuple.of(4, full()), Tuple.of(1, mistaken(full())))
                .filter(version -> version.chars().noneMatch(Character::isWhitespace));
    }
}
