package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The versions of the libraries whose internals this package replaces. */
class UndertowVersionsTest {

    private static final String ADVICE =
            "Read the page of the package io.imagegate.server.undertow again: which defects are mended? Run the tests"
                    + " against hostile clients with -Pfull. Then change the version here and on that page.";

    @Test
    @DisplayName("the classes of this package were written against Undertow 2.4.4")
    void undertow() {
        assertThat(io.undertow.Version.getVersionString()).as(ADVICE).isEqualTo("2.4.4.Final");
    }

    @Test
    @DisplayName("the classes of this package were written against XNIO 3.8.16")
    void xnio() {
        assertThat(org.xnio.Version.getVersionString()).as(ADVICE).isEqualTo("3.8.16.Final");
    }
}
