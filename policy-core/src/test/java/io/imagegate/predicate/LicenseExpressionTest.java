package io.imagegate.predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.text.ResourceLines;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A license expression")
class LicenseExpressionTest {

    /** The parts as a text, so that cases are short. */
    private static final LicenseExpression.Reader<String> SHOWN = new LicenseExpression.Reader<>() {
        @Override
        public String license(License license) {
            return license.toString();
        }

        @Override
        public String unknown(String reason) {
            return "?";
        }

        @Override
        public String all(List<String> parts) {
            return "(" + String.join(" & ", parts) + ")";
        }

        @Override
        public String any(List<String> parts) {
            return "(" + String.join(" | ", parts) + ")";
        }
    };

    private static String shown(String text) {
        return LicenseExpression.parse(text).read(SHOWN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "MIT # MIT",
                "mit # MIT",
                " (apache-2.0) # Apache-2.0",
                "MIT OR Apache-2.0 AND ISC # (MIT | (Apache-2.0 & ISC))",
                "(MIT or Apache-2.0) and ISC # ((MIT | Apache-2.0) & ISC)",
                "(MIT)AND(ISC) # (MIT & ISC)",
                "GPL-3.0 # GPL-3.0-only",
                "gpl-3.0+ # GPL-3.0-only",
                "GPL-3.0-or-later # GPL-3.0-only",
                "GPL-2.0-or-later # (GPL-2.0-only | GPL-3.0-only)",
                "LGPL-2.0+ # (LGPL-2.0-only | LGPL-2.1-only | LGPL-3.0-only)",
                "AGPL-1.0-or-later # (AGPL-1.0-only | AGPL-3.0-only)",
                "GFDL-1.2-invariants-or-later # (GFDL-1.2-invariants-only | GFDL-1.3-invariants-only)",
                "GFDL-1.2-or-later # (GFDL-1.2-only | GFDL-1.3-only)",
                "Apache-1.1+ # (Apache-1.1 | Apache-2.0)",
                "Apache-2.0+ # Apache-2.0",
                "LPPL-1.3a+ # (LPPL-1.3a | LPPL-1.3c)",
                "OLDAP-2.7+ # (OLDAP-2.7 | OLDAP-2.8)",
                "MIT+ # MIT",
                "HP-1986+ # HP-1986",
                "GPL-2.0 WITH classpath-exception-2.0 # GPL-2.0-only WITH Classpath-exception-2.0",
                "GPL-2.0-with-classpath-exception # GPL-2.0-only WITH Classpath-exception-2.0",
                "GPL-2.0+ with Bison-exception-2.2 # (GPL-2.0-only WITH Bison-exception-2.2 | GPL-3.0-only WITH Bison-exception-2.2)",
                "eCos-2.0 # (GPL-2.0-only WITH eCos-exception-2.0 | GPL-3.0-only WITH eCos-exception-2.0)",
                "LGPL-2.1 WITH Nokia-Qt-exception-1.1 # LGPL-2.1-only WITH Qt-LGPL-exception-1.1",
                "StandardML-NJ # SMLNJ",
                "LicenseRef-Acme-1 # licenseref-acme-1",
                "MIT OR Foo # (MIT | ?)",
                "MIT AND (Foo OR ISC) # (MIT & (? | ISC))",
            })
    @DisplayName("has licenses of the list, as its latest version calls them, and choices")
    void expressions(String text, String parts) {
        assertThat(shown(text)).isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NOASSERTION",
                "NONE",
                "Foo",
                "GPL",
                "The MIT License",
                "MIT/Apache-2.0",
                "MIT, ISC",
                "MIT And ISC",
                "MIT OR",
                "OR MIT",
                "MIT OR OR ISC",
                "(MIT",
                "MIT)",
                "()",
                "MIT ISC",
                "MIT WITH",
                "MIT WITH Foo-exception",
                "GPL-2.0-with-classpath-exception WITH Bison-exception-2.2",
                "(GPL-2.0-only OR MIT) WITH Classpath-exception-2.0",
                "GPL-2.0-only+",
                "GPL-2.0-or-later+",
                "GPL-2.0++",
                "LicenseRef-",
                "DocumentRef-a:LicenseRef-b",
                "Net-SNMP",
                "BSD-2-Clause-FreeBSD",
                "M\u0130T",
                "M\u0131T",
                "\uff2d\uff29\uff34",
            })
    @DisplayName("is unknown if it is free text, or no license of the list")
    void unknown(String text) {
        assertThat(shown(text)).isEqualTo("?");
    }

    @Test
    @DisplayName("is unknown if it is too long or too deep, and not at the limits")
    void limits() {
        assertThat(shown("(".repeat(32) + "MIT" + ")".repeat(32))).isEqualTo("MIT");
        assertThat(shown("(".repeat(33) + "MIT" + ")".repeat(33))).isEqualTo("?");
        assertThat(shown("(".repeat(16_384))).isEqualTo("?");
        assertThat(shown(" ".repeat(20_000) + "MIT")).isEqualTo("MIT");
        String many = "MIT OR ".repeat(2_340);
        assertThat(shown(many + "ISC")).startsWith("(MIT | MIT");
        assertThat(shown(many + "MIT OR ISC")).isEqualTo("?");
        assertThat(LicenseExpression.parse("x".repeat(20_000)).toString()).hasSizeLessThan(200);
    }

    @Test
    @DisplayName("each entry of the list is readable")
    void list() {
        List<String> lines = ResourceLines.read(SpdxList.class.getResourceAsStream("spdx-licenses.txt"));
        assertThat(lines).hasSizeGreaterThan(800);
        assertThat(lines.stream()
                        .filter(line -> !line.startsWith("WITH ") && !line.endsWith(" = ?"))
                        .map(line -> line.split(" = ", 2)[0]))
                .allSatisfy(id -> assertThat(License.versions(id)).isNotEmpty());
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("WITH "))
                        .map(line -> "GPL-2.0-only " + line.split(" = ", 2)[0]))
                .allSatisfy(license -> assertThat(License.versions(license)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "AGPL-3.0-onyl # \"AGPL-3.0-onyl\" is not in the SPDX License List (did you mean AGPL-3.0-only?)",
                "AGPL-3 # \"AGPL-3\" is not in the SPDX License List (did you mean AGPL-3.0-only?)",
                "Zorro # \"Zorro\" is not in the SPDX License List, expected an id such as AGPL-3.0-only",
                "MIT OR ISC # \"MIT OR ISC\", expected one license of the SPDX License List, such as AGPL-3.0-only",
                "NOASSERTION # the license is NOASSERTION, expected an id such as AGPL-3.0-only",
                "GPL-2.0-only WITH Classpath-exception-2 # \"Classpath-exception-2\" is not an exception in the SPDX License List (did you mean Classpath-exception-2.0?)",
                "Net-SNMP # \"Net-SNMP\" is deprecated in the SPDX License List, which names nothing that replaces it, expected an id such as AGPL-3.0-only",
            })
    @DisplayName("is refused in a policy, with what was meant, if it is not one license")
    void refused(String text, String message) {
        assertThatThrownBy(() -> License.versions(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
