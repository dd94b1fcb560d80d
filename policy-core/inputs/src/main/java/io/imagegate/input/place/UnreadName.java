package io.imagegate.input.place;

import io.imagegate.text.SafeText;
import io.imagegate.text.Sha256;
import java.nio.charset.StandardCharsets;

/** What messages and baselines call what is not read: another name for each text. */
public final class UnreadName {

    private static final int SHOWN = 200;

    private UnreadName() {}

    /** {@return the name of a text} */
    public static String of(String text) {
        return shortened(SafeText.quote(text, text.length()));
    }

    /** {@return a name that ends with its hash if it is long} */
    public static String shortened(String name) {
        return name.length() <= SHOWN
                ? name
                : SafeText.cut(name, SHOWN) + "... (SHA-256 " + Sha256.hex(name.getBytes(StandardCharsets.UTF_8)) + ")";
    }
}
