package io.imagegate.version;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mistakes in a range that npm overlooks, and reads something into; here they are refused. */
enum Overlooked {
    OPERATORS_IN_A_ROW("==1.2", "[<>=^~]\\s*[<>=^~]"),
    OPERATOR_BESIDE_A_HYPHEN("=1.2 - =2", "= *[^ ]+\\s+-\\s|\\s-\\s+="),
    SEVERAL_V("vv1.2", "v\\s*[vV=]"),
    V_ALONE("1 - v *", "v\\s"),
    EMPTY_ALTERNATIVE("1.2 ||", "^\\s*$|^\\s*\\|\\||\\|\\|\\s*(\\|\\||$)"),
    NUMBER_BEHIND_AN_OPEN_ONE("1.x.3", "[xX*]\\.\\d"),
    PRERELEASE_OR_BUILD_OF_AN_OPEN_ONE("1.2.x-rc", "[xX*][-+]"),
    STAR_WITHIN_A_WORD("1.2.*3", "[^\\s.|<>=^~v]v?([<>]=?\\s*|=\\s*)?\\*|\\*[^\\s.|]"),
    LINE_BREAK("1.2 \n", "[\\n\\r]");

    final String example;
    private final Pattern sign;

    Overlooked(String example, String sign) {
        this.example = example;
        this.sign = Pattern.compile(sign);
    }

    static boolean isIn(String range) {
        return Stream.of(values())
                .anyMatch(mistake -> mistake.sign.matcher(range).find());
    }
}
