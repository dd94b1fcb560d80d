package io.imagegate.input.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What {@code helm template} prints, and the template of each document, which Helm names in a comment after the line {@code
 * ---}. Not thread-safe.
 */
final class HelmSources extends FilterInputStream {

    private static final String SEPARATOR = "---";
    private static final String COMMENT = "# Source: ";
    private static final int LONGEST_LINE = 512;

    /** Most documents between the one that is read ahead and the one that is checked. */
    private static final int MOST = 4_096;

    /** A line from which on a template is the source of what follows; empty if it is none. */
    private record Start(int line, String source) {}

    private final Deque<Start> starts = new ArrayDeque<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int line = 1;
    private boolean isLineStart = true;
    /** Whether the line may be a separator, or is behind one. */
    private boolean isWanted;

    private boolean afterSeparator;
    private String source = "";

    HelmSources(InputStream in) {
        super(in);
    }

    /** {@return the template from which an object was made; empty if none is named} Lines are asked in ascending order. */
    String of(int objectLine) {
        while (!starts.isEmpty() && starts.element().line() <= objectLine) {
            source = starts.remove().source();
        }
        return source;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            scan((byte) read);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = offset; i < offset + read; i++) {
            if (isLineStart || isWanted || bytes[i] == '\n') {
                scan(bytes[i]);
            }
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, LONGEST_LINE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void scan(byte next) {
        if (next != '\n') {
            isWanted = isLineStart ? afterSeparator || next == SEPARATOR.charAt(0) : isWanted;
            isLineStart = false;
            if (isWanted && text.size() < LONGEST_LINE) {
                text.write(next);
            }
            return;
        }
        isLineStart = true;
        String ended =
                isWanted && text.size() < LONGEST_LINE ? text.toString(UTF_8).stripTrailing() : "";
        text.reset();
        if (afterSeparator) {
            start(ended.startsWith(COMMENT) ? path(ended.substring(COMMENT.length())) : "");
        }
        afterSeparator = ended.equals(SEPARATOR);
        line++;
    }

    private void start(String template) {
        if (starts.size() == MOST) {
            starts.remove();
        }
        starts.add(new Start(line, template));
    }

    /** Leaves out what is no file below the working folder. */
    private static String path(String written) {
        try {
            Path path = Path.of(written).normalize();
            return path.isAbsolute() || path.startsWith("..") ? "" : path.toString();
        } catch (InvalidPathException none) {
            return "";
        }
    }
}
