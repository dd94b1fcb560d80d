package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.text.SafeText;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cursor over JSON texts (RFC 8259, in UTF-8). Skipped values are fully checked and use no memory. Not thread-safe.
 *
 * <p>A general tokenizer makes a string of every name, so a sender can use up memory with many names. This cursor makes
 * strings only of values that are read.
 *
 * @param <X> thrown for text that is malformed, has another shape than expected or is over a limit
 * @since 0.1
 */
public final class JsonCursor<X extends Exception> implements DocumentCursor<X> {

    private static final int MAX_FIELDS = 100_000;
    private static final int LONGEST_ESCAPE = 6;

    private final SyntaxLimits limits;
    private final JsonInput<X> in;
    private final JsonScanner<X> scanner;
    private final JsonSkipper<X> skipper;
    private final SeenNames seen = new SeenNames();
    /** For each entered object, the start of its names; for an array, that of the object around it. */
    private int[] begins = new int[8];

    private long chars;
    private int parts;
    private int nesting;
    private boolean first;
    private boolean atValue;
    private int nameFrom;
    private int nameTo;
    private long nameHash;
    private byte @Nullable [] unescapedName;

    private JsonCursor(JsonInput<X> in, SyntaxLimits limits) {
        this.in = in;
        this.limits = limits;
        this.scanner = new JsonScanner<>(in, limits.numberChars());
        this.skipper = new JsonSkipper<>(in, scanner, limits.nesting());
    }

    /**
     * Makes a cursor over a complete text. {@link #begin} moves to its value.
     *
     * @param <X> thrown for malformed text
     * @param text holds the text from its first byte; not changed
     * @param length length of the text in bytes
     * @param limits its limits
     * @param problems makes the exceptions
     * @return the cursor
     */
    public static <X extends Exception> JsonCursor<X> of(
            byte[] text, int length, SyntaxLimits limits, SyntaxProblems<X> problems) {
        return new JsonCursor<>(JsonInput.of(text, length, problems), limits);
    }

    /**
     * Makes a cursor over a stream, which may contain several values of any total length. {@link #begin} moves to the
     * next. If the stream fails, methods throw {@link java.io.UncheckedIOException}.
     *
     * @param <X> thrown for malformed text
     * @param text the stream; not closed
     * @param limits its limits
     * @param problems makes the exceptions
     * @return the cursor
     */
    public static <X extends Exception> JsonCursor<X> of(
            InputStream text, SyntaxLimits limits, SyntaxProblems<X> problems) {
        int longest = (int) Math.min(Integer.MAX_VALUE - 8L, (long) LONGEST_ESCAPE * limits.stringChars() + 2);
        return new JsonCursor<>(JsonInput.of(text, longest, problems), limits);
    }

    @Override
    public boolean begin() throws X {
        if (in.token() < 0) {
            in.locate();
            return false;
        }
        parts = 0;
        markValue();
        return true;
    }

    /** Counts the names and values that follow by themselves: of a text of which one part at a time is kept. */
    public void beginPart() {
        parts = 0;
    }

    @Override
    public ValueType type() throws X {
        return in.type();
    }

    @Override
    public void enterObject() throws X {
        enter('{');
    }

    @Override
    public void enterArray() throws X {
        enter('[');
    }

    @Override
    public @Nullable String field(FieldNames wanted) throws X {
        while (nextName()) {
            byte[] unescaped = unescapedName;
            String found = unescaped == null
                    ? wanted.find(in.bytes, nameFrom, nameTo, nameHash)
                    : wanted.find(unescaped, 0, unescaped.length, nameHash);
            colon();
            if (found != null) {
                return found;
            }
            skip();
        }
        return null;
    }

    @Override
    public @Nullable String field() throws X {
        if (!nextName()) {
            return null;
        }
        byte[] unescaped = unescapedName;
        String found = kept(
                unescaped == null ? text(nameFrom, nameTo, false, limits.nameChars()) : new String(unescaped, UTF_8));
        colon();
        return found;
    }

    @Override
    public boolean element() throws X {
        if (!next(']')) {
            return false;
        }
        markValue();
        return true;
    }

    @Override
    public String scalar() throws X {
        return scalar(null);
    }

    @Override
    public String text(String what, FieldNames usual) throws X {
        return type() == ValueType.STRING ? scalar(usual) : text(what);
    }

    private String scalar(@Nullable FieldNames usual) throws X {
        int c = in.token();
        in.mark();
        boolean escaped = false;
        if (c == '"') {
            in.at++;
            escaped = scanner.string();
        } else {
            scanner.scalar(c);
        }
        atValue = false;
        int quote = c == '"' ? 1 : 0;
        int from = in.takeMark() + quote;
        int to = in.at - quote;
        String found =
                usual == null || escaped ? null : usual.find(in.bytes, from, to, FieldNames.hash(in.bytes, from, to));
        return kept(found == null ? text(from, to, escaped, limits.stringChars()) : found);
    }

    @Override
    public Node tree() throws X {
        TextRange range = type() == ValueType.STRING ? range() : null;
        return range == null ? DocumentCursor.super.tree() : new Node("", in.line, in.column, in.offset, 1, range);
    }

    /** Skips a string that is not copied; null for another one, which is still to be read. */
    private @Nullable TextRange range() throws X {
        if (limits.copiedBytes() == Integer.MAX_VALUE || in.isStream()) {
            return null;
        }
        int start = ++in.at;
        boolean escaped = scanner.string();
        int end = in.at - 1;
        if (escaped || end - start <= limits.copiedBytes()) {
            in.at = start - 1;
            return null;
        }
        atValue = false;
        return new TextRange(in.bytes, start, end);
    }

    /** {@return the position in the text, in bytes, behind what was read or skipped} */
    public long position() {
        return in.position();
    }

    @Override
    public void skip() throws X {
        skipper.value(nesting);
        atValue = false;
    }

    @Override
    public int line() {
        return in.line;
    }

    @Override
    public int column() {
        return in.column;
    }

    @Override
    public int offset() {
        return in.offset;
    }

    @Override
    public X malformed(String problem) {
        return in.problems.at(in.line, in.column, problem);
    }

    @Override
    public X tooMany(String problem) {
        return in.problems.tooMany(in.line, in.column, problem);
    }

    private void enter(char bracket) throws X {
        if (in.token() != bracket) {
            throw in.malformed("expected \"" + bracket + "\"");
        }
        if (nesting == limits.nesting()) {
            throw in.overLimit("nested too deeply: expected " + nesting + " levels at most");
        }
        in.at++;
        if (nesting == begins.length) {
            begins = Arrays.copyOf(begins, 2 * nesting);
        }
        begins[nesting++] = seen.begin();
        first = true;
        atValue = false;
    }

    /** Consumes the comma or the closing bracket; false for the bracket. */
    private boolean next(char closing) throws X {
        if (atValue) {
            skip();
        }
        int c = in.token();
        if (c == closing) {
            count();
            in.at++;
            nesting--;
            first = false;
            return false;
        }
        if (first) {
            first = false;
        } else if (c == ',') {
            in.at++;
        } else {
            throw in.malformed("expected \",\" or \"" + closing + "\"");
        }
        return true;
    }

    /** Reads the next name; false if the object has ended. */
    private boolean nextName() throws X {
        int begin = begins[nesting - 1];
        if (!next('}')) {
            if (!seen.end(begin)) {
                throw in.malformed("a field comes twice in this object, expected it once");
            }
            return false;
        }
        if (in.token() != '"') {
            throw in.malformed("expected the name of a field");
        }
        count();
        in.locate();
        in.at++;
        in.mark();
        boolean escaped = scanner.string();
        nameFrom = in.takeMark();
        nameTo = in.at - 1;
        byte[] unescaped =
                escaped ? text(nameFrom, nameTo, true, limits.nameChars()).getBytes(UTF_8) : null;
        if (escaped && limits.wholeNames() && !JsonText.isWhole(in.bytes, nameFrom, nameTo)) {
            throw malformed("an escape of half a character in a name, expected both");
        }
        unescapedName = unescaped;
        nameHash = unescaped == null
                ? FieldNames.hash(in.bytes, nameFrom, nameTo)
                : FieldNames.hash(unescaped, 0, unescaped.length);
        if (limits.repeatedNames()) {
            return true;
        }
        if (!seen.add(begin, nameHash)) {
            throw malformed("the field " + SafeText.quote(JsonText.of(in.bytes, nameFrom, nameTo, escaped), 60)
                    + " comes twice, expected it once");
        }
        if (seen.count(begin) > MAX_FIELDS) {
            throw overLimit("expected " + MAX_FIELDS + " fields at most in one object");
        }
        return true;
    }

    private void colon() throws X {
        if (in.token() != ':') {
            throw in.malformed("expected \":\" after the name of a field");
        }
        in.at++;
        in.token();
        markValue();
    }

    private void count() throws X {
        parts++;
        if (parts > limits.parts()) {
            throw in.overLimit("expected " + limits.parts() + " names, values and ends of these at most");
        }
    }

    private X overLimit(String problem) {
        return in.problems.overLimit(in.line, in.column, problem);
    }

    /** Positions the cursor at a value. */
    private void markValue() throws X {
        count();
        in.token();
        atValue = true;
        in.locate();
    }

    private String text(int from, int to, boolean escaped, int limit) throws X {
        // Counted first, because making the string needs several times its length.
        int length = to - from > limit ? JsonText.length(in.bytes, from, to) : 0;
        if (length > limit) {
            throw overLimit("expected a text of " + limit + " characters at most, got " + length);
        }
        return JsonText.of(in.bytes, from, to, escaped);
    }

    private String kept(String text) throws X {
        chars += text.length();
        if (chars > limits.totalChars()) {
            throw overLimit("expected texts of " + limits.totalChars() + " characters at most in all");
        }
        return text;
    }
}
