package io.imagegate.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A value as a tree")
class NodeTest {

    @ParameterizedTest
    @ValueSource(ints = {3, ManyFields.FEW, ManyFields.FEW + 1, 100})
    @DisplayName("finds the first field of a name that is a text, in small objects and large ones")
    void first(int fields) {
        List<Node.Field> all = new ArrayList<>();
        Node foreign = new Node(ValueType.STRING, "!tag", "n1", 1, 1, 0, 0, null, List.of(), List.of());
        all.add(new Node.Field(foreign, text("foreign")));
        all.add(new Node.Field(text("n0"), text("first")));
        for (int i = 0; i < fields - 2; i++) {
            all.add(new Node.Field(text("n" + i), text("v" + i)));
        }
        Node object = new Node(ValueType.OBJECT, "", "", 1, 1, 0, -1, null, all, List.of());
        assertThat(object.field("n0")).isEqualTo(text("first"));
        assertThat(object.field("n1")).isEqualTo(fields > 3 ? text("v1") : null);
        assertThat(object.field("n" + (fields - 2))).isNull();
        assertThat(object.fields()).isEqualTo(all);
        assertThat(object.withFields(all.subList(2, fields)).field("n0")).isEqualTo(text("v0"));
    }

    private static Node text(String text) {
        return new Node(text, 1, 1, 0, 0, null);
    }
}
