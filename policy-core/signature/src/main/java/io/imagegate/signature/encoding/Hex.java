package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Hexadecimal digits in lower case. */
public final class Hex {

    private static final Pattern FORM = Pattern.compile("(?:[0-9a-f]{2}){1,64}");

    private Hex() {}

    public static byte[] decode(String what, String digits) {
        if (!FORM.matcher(digits).matches()) {
            throw Refusal.format(what + ": expected pairs of hexadecimal digits in lower case");
        }
        return HexFormat.of().parseHex(digits);
    }

    public static String encode(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
