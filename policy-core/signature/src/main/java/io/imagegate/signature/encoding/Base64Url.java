package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;

/** Base64 in the alphabet for URLs, without padding, as JSON Web Signatures have it. Only its canonical form is read. */
public final class Base64Url {

    private Base64Url() {}

    /** {@return what a text stands for} */
    public static byte[] decode(String what, String text) {
        StringBuilder standard = new StringBuilder(text.length() + 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '/' || c == '=') {
                throw Refusal.format(what + " is not canonical base64url");
            }
            standard.append(c == '-' ? '+' : c == '_' ? '/' : c);
        }
        while (standard.length() % 4 != 0) {
            standard.append('=');
        }
        return Base64Text.decode(what, standard.toString());
    }
}
