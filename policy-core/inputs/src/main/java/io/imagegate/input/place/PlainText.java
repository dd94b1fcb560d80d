package io.imagegate.input.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Reads whole files of text, such as Dockerfiles. */
public final class PlainText {

    /** Longest file, in bytes. */
    public static final int LONGEST = 1 << 20;

    private PlainText() {}

    /** {@return the text of a file, without a byte order mark} */
    public static String read(String file, InputStream content) throws IOException, InputException {
        byte[] bytes = content.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new InputException(file, 1, 1, "expected " + LONGEST + " bytes at most");
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            throw new InputException(file, 1, 1, "expected text in UTF-8");
        }
        if (text.indexOf('\0') >= 0) {
            throw new InputException(file, 1, 1, "binary data or text in UTF-16: expected text in UTF-8");
        }
        return withoutMark(text);
    }

    /** {@return the start of a file, which is not consumed} */
    public static String start(InputFile file) throws IOException {
        return withoutMark(new String(file.start(), UTF_8));
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
