package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.registry.authentication.Challenge;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The challenges of a registry are read as another reader, character by character, reads them. */
@WhereJazzerRuns
class ChallengeFuzzTest {

    private static final int LONGEST = 4_096;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"a:b:pull\"",
                        "Basic realm=\"a \\\"quoted\\\" \\\\ realm\"",
                        "basic\nBEARER realm = token , , service=x",
                        "Negotiate\nBearer realm=\"unclosed")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void headersAreReadAsAnotherReaderDoes(byte[] data) {
        List<String> headers = List.of(new String(data, ISO_8859_1).split("[\\r\\n\\x85]", -1));
        assertThat(Challenge.of(headers)).isEqualTo(wanted(headers));
    }

    private static Optional<Challenge> wanted(List<String> headers) {
        Optional<Challenge> basic = Optional.empty();
        for (String header : headers) {
            Optional<Challenge> read = header.length() > LONGEST ? Optional.empty() : new Slow(header).read();
            if (read.isPresent() && read.get().scheme().equals("bearer")) {
                return read;
            }
            if (read.isPresent() && read.get().scheme().equals("basic") && basic.isEmpty()) {
                basic = read;
            }
        }
        return basic;
    }

    /** Reads a challenge without regular expressions. */
    private static final class Slow {

        private final String text;
        private int at;

        Slow(String text) {
            this.text = text;
        }

        Optional<Challenge> read() {
            skipSpace();
            String scheme = name("");
            if (scheme.isEmpty() || (at < text.length() && !isSpace(text.charAt(at)))) {
                return Optional.empty();
            }
            Map<String, String> parameters = new HashMap<>();
            while (parameter(parameters)) {
                // each adds one
            }
            return Optional.of(new Challenge(scheme, parameters));
        }

        private boolean parameter(Map<String, String> parameters) {
            skipSpace();
            if (is(',')) {
                at++;
                skipSpace();
            }
            String name = name("-_");
            skipSpace();
            if (name.isEmpty() || !is('=')) {
                return false;
            }
            at++;
            skipSpace();
            StringBuilder value = new StringBuilder();
            if (is('"') ? !quoted(value) : !token(value)) {
                return false;
            }
            parameters.putIfAbsent(name, value.toString());
            return true;
        }

        private boolean quoted(StringBuilder value) {
            for (at++; at < text.length(); at++) {
                if (is('"')) {
                    at++;
                    return true;
                }
                if (is('\\')) {
                    at++;
                }
                if (at < text.length()) {
                    value.append(text.charAt(at));
                }
            }
            return false;
        }

        private boolean token(StringBuilder value) {
            while (at < text.length() && !isSpace(text.charAt(at)) && !is(',') && !is('"')) {
                value.append(text.charAt(at++));
            }
            return !value.isEmpty();
        }

        private String name(String others) {
            int start = at;
            while (at < text.length() && (isLetter(text.charAt(at)) || others.indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        private void skipSpace() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
        }

        private boolean is(char wanted) {
            return at < text.length() && text.charAt(at) == wanted;
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static boolean isSpace(char c) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
    }
}
