package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Parts are closed")
class OpenedPartsTest {

    private final List<String> closed = new ArrayList<>();
    private final OpenedParts opened = new OpenedParts();

    @Test
    @DisplayName("once, that which was opened last first")
    void inReverse() {
        assertThat(opened.add("one", closed::add)).isEqualTo("one");
        opened.add("two", closed::add);
        opened.close();
        opened.close();
        assertThat(closed).containsExactly("two", "one");
    }

    @Test
    @DisplayName("even if others fail")
    void whateverFails() {
        opened.add("one", closed::add);
        opened.add("two", part -> {
            throw new IllegalStateException(part);
        });
        opened.add("three", closed::add);
        opened.add("four", part -> {
            throw new AssertionError(part);
        });
        assertThatThrownBy(opened::close).isInstanceOf(IllegalStateException.class);
        assertThat(closed).containsExactly("three", "one");
    }
}
